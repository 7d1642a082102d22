// What has been stored for one form.
query "answers" verb=GET {
  api_group = "forms"

  input {
    text form filters=trim
  }

  stack {
    db.query "answer" {
      where = $db.answer.form == $input.form
      sort = {answer.id: "asc"}
      return = {type: "list"}
    } as $rows
  }

  response = $rows|map:{question: $$.question, answer: $$.answer}
}
