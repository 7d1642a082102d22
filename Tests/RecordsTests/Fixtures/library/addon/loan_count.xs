addon loan_count {
  input {
    int book_id
  }

  stack {
    db.query loan {
      where = $db.loan.book_id == $input.book_id
      return = {type: "count"}
    }
  }
}
