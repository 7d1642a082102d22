// Everything about orders.
api_group "Orders" {
  canonical = "shop-orders"
  tags = ["internal"]
  guid = "tgGYuUFKbBz4"
}
