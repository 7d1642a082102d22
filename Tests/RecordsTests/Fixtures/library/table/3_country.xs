table country {
  schema {
    int id
    text code
  }
}
