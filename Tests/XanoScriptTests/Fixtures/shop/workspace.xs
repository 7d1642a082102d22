workspace "corner_shop" {
  description = "A small shop"
  preferences = {track_performance: true}
}
