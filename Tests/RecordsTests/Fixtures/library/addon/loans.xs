addon loans {
  input {
    int book_id
    int limit?=5
  }

  stack {
    db.query loan {
      where = $db.loan.book_id == $input.book_id
      sort = {days: "desc"}
      return = {type: "list", paging: {per_page: $input.limit, metadata: false}}
    }
  }
}
