workflow_test fails {
  stack {
    var $x { value = 3 }
    expect.to_equal ($x) { value = 4 }
    expect.to_be_null ($x)
    function.call "math/add" { input = {a: 0, b: 1} } as $y
  }
}
