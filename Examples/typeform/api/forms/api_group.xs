api_group "forms" {
  canonical = "forms"
}
