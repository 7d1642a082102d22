// One row for each answered question.
table "answer" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text form
    text response
    text question
    text? answer?
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree", field: [{name: "response", op: "asc"}]}
  ]
}
