api_group "code" {
  canonical = "code"
}
