// One row for each order, brought up to date while it is dealt with.
table "order" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text number
    email customer
    decimal total
    enum status {
      values = ["received", "reserved"]
    }
    text? reservation?
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "number", op: "asc"}]}
  ]
}
