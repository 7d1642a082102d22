query "items" verb=POST {
  api_group = "g"
  input {
    text name filters=trim
    int qty?=1
  }
  stack {
    util.get_raw_input { encoding = "json" } as $raw
    precondition ($input.name != "bad") {
      error_type = "inputerror"
      error = "A bad name"
    }
    db.add "item" { data = {name: $input.name, qty: $input.qty} } as $item
    precondition ($input.name != "late") { error = "too late" }
  }
  response = {item: $item, raw: $raw, from: $env.$http_headers.X-From, stamp: $input.stamp}
  middleware = {pre: [{name: "stamp"}]}
  test "adds" {
    input = {name: " a ", qty: 3}
    expect.to_equal ($response.item.name) { value = "a" }
    expect.to_equal ($response.raw.name) { value = " a " }
    expect.to_equal ($response.stamp) { value = "here" }
  }
  test "refuses" {
    input = {name: "bad"}
    expect.to_throw { exception = "A bad name" }
  }
  test "refuses by kind" {
    input = {name: "bad"}
    expect.to_throw { value = "inputerror" }
  }
}
