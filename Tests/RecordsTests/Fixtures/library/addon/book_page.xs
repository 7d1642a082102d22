addon book_page {
  input {
    int author_id
  }

  stack {
    db.query book {
      where = $db.book.author_id == $input.author_id
      return = {type: "list", paging: {page: 1, per_page: 1}}
    }
  }
}
