// A new order of a Shopify shop: it is kept, the warehouse puts the goods aside, and the customer gets a mail.
//
// POSTERN_VERIFY "shopify" sees to the signature. POSTERN_ENV_WAREHOUSE is the warehouse's address; if that is on a
// private network, POSTERN_OUTBOUND has to list it.
query "orders" verb=POST {
  api_group = "shop"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "json"
    } as $order

    // When the event is run again, after a crash or a failure, there is still one row.
    db.add_or_edit "order" {
      field_name = "number"
      field_value = $order.name
      data = {
        number  : $order.name
        customer: $order.email
        total   : $order.total_price
        status  : "received"
      }
    } as $row

    // The order is committed by now. The key tells the warehouse that a second request is for the same goods.
    api.request {
      url = $env.WAREHOUSE ~ "/reservations"
      method = "POST"
      params = {order: $order.name, items: $order.line_items|map:{sku: $$.sku, quantity: $$.quantity}}
      headers = ["Content-Type: application/json", "Idempotency-Key: " ~ $order.name]
      timeout = 5
    } as $warehouse

    precondition ($warehouse.response.status == 201) {
      error = "The warehouse answered " ~ $warehouse.response.status
    }

    db.edit "order" {
      field_name = "id"
      field_value = $row.id
      data = {status: "reserved", reservation: $warehouse.response.result.id}
    } as $row

    util.send_email {
      from = "orders@shop.example.com"
      to = $order.email
      subject = "Your order " ~ $order.name
      message = "We have put aside what you ordered, under the number " ~ $row.reservation ~ "."
    } as $mail
  }

  response = {order: $row.number, reservation: $row.reservation}
}
