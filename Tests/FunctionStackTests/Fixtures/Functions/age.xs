// Full years between a birthday and a day.
function "age" {
  input {
    date born
    date on
  }
  stack {
    var $years { value = ($input.on|substr:0:4|to_int) - ($input.born|substr:0:4|to_int) }
    conditional {
      if (($input.on|substr:5) < ($input.born|substr:5)) {
        math.sub $years { value = 1 }
      }
    }
    precondition ($years >= 0) {
      error_type = "inputerror"
      error = "Born after " ~ $input.on
    }
  }
  response = $years
}
