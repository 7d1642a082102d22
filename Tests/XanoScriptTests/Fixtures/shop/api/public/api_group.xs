api_group Public {
  canonical = "shop"
}
