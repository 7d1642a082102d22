table order {
  auth = false
  schema {
    int id
    timestamp created_at?=now
    int customer_id? {
      table = "customer"
    }
    decimal total filters=min:0
    enum status?=pending {
      values = ["pending", "paid", "cancelled"]
    }
    text[] tags? filters=trim|lower
    object address? {
      schema {
        text street filters=trim
        text country?="US"
      }
    }
    timestamp? paid_at?
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree", field: [{name: "customer_id"}, {name: "created_at", op: "desc"}]}
  ]
}
