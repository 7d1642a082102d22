table "order" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    email customer filters=trim|lower {
      sensitive = true
    }
    int total
    text? agent?
    json items?=[]
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "gin", field: [{name: "items", op: "jsonb_path_op"}]}
    {type: "btree", field: [{name: "created_at", op: "desc"}]}
  ]
}
