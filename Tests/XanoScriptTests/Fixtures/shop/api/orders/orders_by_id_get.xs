query orders/{order_id} verb=GET {
  input {
    int order_id {
      table = "order"
    }
  }

  stack {
    db.query order {
      join = {
        item: {table: "item", type: "left", where: $db.order.item_id == $db.item.id}
      }
      where = $db.order.id == $input.order_id && $db.order.note not in ["", "-"]
      sort = {order.id: "desc"}
      return = {type: "single"}
    } as $order

    precondition ($order != null) {
      error_type = "notfound"
      error = "No such order"
    }
  }

  response = $order
  cache = {ttl: 0, input: true, auth: true, datasource: true, ip: false}
}
