// One row for each payment that Stripe told us of.
table "payment" {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    text intent
    int amount
    text currency filters=trim|lower
    enum status {
      values = ["succeeded", "failed"]
    }
    email? receipt_email?
    json? metadata?
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "intent", op: "asc"}]}
  ]
}
