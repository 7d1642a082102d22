branch "v1" {
  color = "#22c55e"
  middleware = {
    query: {pre: ["count_calls"]}
  }
}
