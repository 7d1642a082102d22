workflow_test "whole flow" {
  datasource = "live"
  stack {
    function.call "math/add" {
      input = {a: 5, b: 10}
    } as $sum
    expect.to_equal ($sum) { value = 15 }
    expect.to_throw {
      stack { function.call "math/add" { input = {a: 0, b: 1} } as $x }
      exception = "a is not positive"
    }
    api.call "items" verb=POST {
      api_group = "g"
      headers = '["Content-Type: application/json", "X-From: me"]'
      input = {name: "n", qty: 0}
    } as $r
    expect.to_equal ($r.from) { value = "me" }
    expect.to_equal ($r.stamp) { value = "here" }
    expect.to_throw {
      stack {
        api.call "items" verb=POST {
          api_group = "g"
          input = {name: "late"}
        } as $r
      }
    }
    db.query "item" { return = {type: "count"} } as $count
    expect.to_equal ($count) { value = 1 }
    task.call "tidy" as $deleted
    expect.to_be_greater_than ($deleted) { value = 0 }
    middleware.call "stamp" { input = {vars: {}, type: "pre"} } as $m
    expect.to_equal ($m) { value = {stamp: "here"} }
    expect.to_be_within ($sum) {
      min = 1
      max = 4
      disabled = true
    }
    expect.to_match ($r.from) { value = "^m.$" }
  }
  tags = ["shop", "orders"]
}
