table "todo" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text team
    text user
    text task filters=trim|min:1
    bool done?=false
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree", field: [{name: "team", op: "asc"}, {name: "done", op: "asc"}]}
  ]
}
