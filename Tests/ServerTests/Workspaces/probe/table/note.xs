table "note" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text text
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
  ]
}
