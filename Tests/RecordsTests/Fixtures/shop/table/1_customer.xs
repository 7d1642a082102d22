// Who buys.
table "customer" {
  auth = false
  guid = "tgGYuUFKbBz4_6DIkDR5hUUCRno"

  schema {
    int id
    timestamp created_at?=now
    text name filters=trim {
      description = "As it is printed"
    }
    email email filters=trim|lower {
      sensitive = true
    }
    enum tier?="basic" {
      values = ["basic", "gold"]
    }
    json settings?={}
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "email", op: "asc"}]}
    {type: "gin", field: [{name: "xdo", op: "jsonb_path_op"}]}
  ]
}
