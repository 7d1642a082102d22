function "search" {
  input {
    text status?
    decimal least?
    text tag?
    text name?
    int page?
    json sort?
  }

  stack {
    db.query order {
      join = {
        customer: {
          table: "customer"
          type : "left"
          where: $db.order.customer_id == $db.customer.id
        }
      }

      where = $db.order.status ==? $input.status && $db.order.total >=? $input.least && $db.order.tags contains? $input.tag && $db.customer.name includes? $input.name
      sort = {order.created_at: "desc"}
      override_sort = $input.sort
      eval = {customer_name: $db.customer.name, shouted: $db.customer.name|to_upper}
      return = {
        type  : "list"
        paging: {page: $input.page, per_page: 2, totals: true}
      }

      output = ["itemsTotal", "items.id", "items.total", "items.customer_name"]
    } as $found
  }

  response = $found
}
