function "unsupported" {
  stack {
    api.lambda { code = "return 1" } as $x
  }
  response = $x

  test "can't run" {
    expect.to_equal ($response) { value = 1 }
  }
}
