// Marks an order as paid, and tells what the customer's orders are worth.
function "pay" {
  input {
    int order_id
    bool fail?
  }

  stack {
    db.transaction {
      stack {
        db.get order {
          field_name = "id"
          field_value = $input.order_id
        } as $order

        precondition ($order != null) {
          error_type = "notfound"
          error = "No such order"
        }

        db.edit order {
          field_name = "id"
          field_value = $input.order_id
          data = {status: "paid", paid_at: now}
        } as $order

        precondition ($input.fail != true) {
          error_type = "inputerror"
          error = "Told to fail"
        }
      }
    }

    db.query order {
      where = $db.order.customer_id == $order.customer_id && $db.order.status in ["paid", "cancelled"]
      return = {type: "count"}
    } as $paid

    db.has order {
      field_name = "status"
      field_value = "cancelled"
    } as $has_cancelled
  }

  response = {order: $order, paid: $paid, cancelled: $has_cancelled}
}
