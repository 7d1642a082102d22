api_group "sensors" {
  canonical = "sensors"
}
