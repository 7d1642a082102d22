api_group "chat" {
  canonical = "chat"
}
