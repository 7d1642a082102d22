// Takes an order.
query "orders" verb=POST {
  api_group = "Orders"
  description = """
    Takes an order,
    and answers with its number.
    """

  input {
    // What is ordered.
    object[] items {
      schema {
        int item_id { table = "item" }
        int quantity?=1 filters=min:1|max:100
      }
    }

    email customer filters=trim|lower {
      sensitive = true
    }
    text? note?
  }

  stack {
    util.get_raw_input {
      encoding = "json"
      exclude_middleware = false
    } as $raw

    precondition (($input.items|count) > 0) {
      error_type = "inputerror"
      error = "Nothing is ordered"
    }

    function.run total {
      input = {items: $input.items}
    } as $total

    !debug.log {
      value = $raw
    }

    db.add order {
      data = {
        created_at: "now"
        customer  : $input.customer
        total     : $total
        agent     : $env.$http_headers.User-Agent
        items     : $input.items
          |map:{id: $$.item_id, quantity: $$.quantity}
          |filter:$$.quantity > 0
      }
    } as $order
  }

  response = {id: $order.id, total: `$total / 100`}
  history = "inherit"

  test "an empty order is refused" {
    input = {items: [], customer: "a@example.com"}
    expect.to_throw {
      value = "Nothing is ordered"
    }
  }
}
