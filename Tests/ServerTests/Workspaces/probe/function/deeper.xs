// Calls itself so many times.
function "deeper" {
  input {
    int n
  }

  stack {
    var $below {
      value = 0
    }

    conditional {
      if ($input.n > 1) {
        function.run "deeper" {
          input = {n: $input.n - 1}
        } as $below
      }
    }
  }

  response = $below + 1
}
