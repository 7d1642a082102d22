table author {
  schema {
    int id
    text name filters=trim
    int country_id? {
      table = "country"
    }
  }
}
