table loan {
  schema {
    int id
    int book_id
    int days?
  }
}
