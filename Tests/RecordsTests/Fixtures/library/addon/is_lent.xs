addon is_lent {
  input {
    int book_id
    int least?=1
  }

  stack {
    db.query loan {
      where = $db.loan.book_id == $input.book_id && $db.loan.days >= $input.least
      return = {type: "exists"}
    }
  }
}
