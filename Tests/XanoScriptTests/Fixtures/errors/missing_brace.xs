function "missing_brace" {
  stack {
    conditional {
      if ($a == 1) {
        var $b { value = 1 }
    }
  }

  response = $b
//@3 error: syntax: expected `}`, found `response`
// help: it closes the `{` of line 2
}
