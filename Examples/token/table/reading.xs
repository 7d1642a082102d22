table "reading" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text sensor filters=trim
    decimal celsius filters=min:-90|max:60
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree", field: [{name: "sensor", op: "asc"}]}
  ]
}
