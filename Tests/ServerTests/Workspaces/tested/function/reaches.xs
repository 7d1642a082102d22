function "reaches" {
  stack {
    api.request { url = "https://example.com/" } as $answer
  }
  response = $answer.response.result

  test "without a mock" {
    expect.to_equal ($response) { value = 1 }
  }
}
