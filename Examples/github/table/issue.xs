// The issues of all repositories, as GitHub last told of them.
table "issue" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text repository
    int number
    text title
    text author
    text state
    text[] labels?
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "repository", op: "asc"}, {name: "number", op: "asc"}]}
  ]
}
