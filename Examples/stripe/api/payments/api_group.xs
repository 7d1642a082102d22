api_group "payments" {
  canonical = "payments"
}
