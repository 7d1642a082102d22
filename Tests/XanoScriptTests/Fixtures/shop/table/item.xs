table item {
  auth = false

  schema {
    int id
    text name filters=trim
    int? price?
    enum state?="offered" {
      values = ["offered", "gone"]
    }
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "name", op: "asc"}]}
  ]
}
