addon books {
  input {
    int author_id
  }

  stack {
    db.query book {
      where = $db.book.author_id == $input.author_id
      return = {type: "list"}
      output = ["id", "title", "author_id"]
    }
  }
}
