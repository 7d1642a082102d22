// The waits between attempts: each twice as long, none above the longest, none that begins after the end.
function "backoff" {
  input {
    int first filters=min:1
    int longest
    int end
  }
  stack {
    var $waits { value = [] }
    var $wait { value = $input.first }
    var $elapsed { value = 0 }
    while (true) {
      each {
        math.add $elapsed { value = $wait }
        conditional {
          if ($elapsed > $input.end) { break }
        }
        array.push $waits { value = $wait }
        var.update $wait { value = ($wait * 2)|min:$input.longest }
      }
    }
  }
  response = $waits
}
