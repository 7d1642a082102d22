function "endless" {
  stack {
    function.run "endless" as $again
  }
  response = $again

  test "reaches a bound" {
    expect.to_throw
  }
}
