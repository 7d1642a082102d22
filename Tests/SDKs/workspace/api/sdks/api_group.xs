api_group "sdks" {
  canonical = "sdks"
}
