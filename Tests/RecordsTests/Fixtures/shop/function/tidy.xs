function "tidy" {
  input {
    text email
  }

  stack {
    db.add_or_edit customer {
      field_name = "email"
      field_value = $input.email
      data = {name: "Seen"}
    } as $customer

    db.patch customer {
      field_name = "id"
      field_value = $customer.id
      data = {settings: {seen: true}}
    } as $patched

    db.bulk.update order {
      where = $db.order.total < 5
      data = {status: "cancelled"}
    } as $updated

    db.bulk.delete order {
      where = $db.order.status == "cancelled" && $db.order.tags overlaps ["new", "old"]
    } as $deleted

    db.del order {
      field_name = "id"
      field_value = 99
    }

    redis.incr {
      key = "tidied"
      by = 2
    } as $count

    redis.push {
      key = "log"
      value = $input.email
    } as $length
  }

  response = {customer: $patched, updated: $updated, deleted: $deleted, count: $count, length: $length}
}
