api_group "members" {
  canonical = "members"
}
