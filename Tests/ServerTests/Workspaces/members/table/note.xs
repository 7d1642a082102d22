table "note" {
  auth = false

  schema {
    int id
    int user_id {
      table = "user"
    }
    text text
  }
}
