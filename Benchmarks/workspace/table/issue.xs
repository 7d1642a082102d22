table "issue" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    int number
    text title
    text author
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
  ]
}
