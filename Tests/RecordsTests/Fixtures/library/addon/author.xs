addon author {
  input {
    int author_id? {
      table = "author"
    }
  }

  stack {
    db.query author {
      where = $db.author.id == $input.author_id
      return = {type: "single"}
    }
  }
}
