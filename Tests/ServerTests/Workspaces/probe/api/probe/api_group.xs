api_group "probe" {
  canonical = "probe"
}
