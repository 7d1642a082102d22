// Refuses an order in the way that fits what is wrong with it.
function "check_order" {
  input {
    json order
    text role?="guest"
  }
  stack {
    precondition ($input.role != "guest") {
      error_type = "accessdenied"
      error = "Sign in first"
    }
    precondition ($input.order|has:"id") {
      error_type = "notfound"
      error = "There is no such order"
    }
    precondition (($input.order.lines|count) > 0) {
      error_type = "inputerror"
      error = "An order has lines"
      payload = {order: $input.order.id}
    }
    foreach ($input.order.lines) {
      each as $line {
        precondition ($line.count|is_int) {
          error = "Line " ~ $line.sku ~ " has no count"
        }
      }
    }
  }
  response = $input.order.lines|map:$$.count * $$.price|sum
}
