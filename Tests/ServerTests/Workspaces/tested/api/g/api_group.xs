api_group "g" {
  canonical = "g"
}
