// A few customers and orders.
function "fill" {
  input {
  }

  stack {
    db.add customer {
      data = {name: " Ada ", email: "ADA@Example.com", tier: "gold"}
    } as $ada

    db.add customer {
      data = {name: "Bob", email: "bob@example.com", settings: {theme: "dark", limits: [1, 2]}}
    } as $bob

    db.bulk.add order {
      data = [
        {customer_id: $ada.id, total: 10, tags: ["New", " VIP "], created_at: 1000, address: {street: " Main St "}}
        {customer_id: $bob.id, total: 2.5, tags: ["new"], created_at: 2000}
        {customer_id: $ada.id, total: "30", status: "paid", created_at: 3000, paid_at: "1970-01-01T00:01:00Z"}
      ]
    } as $orders
  }

  response = {ada: $ada, bob: $bob, orders: $orders}
}
