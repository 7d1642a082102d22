// The place at which a number stands, or would stand, in ascending numbers.
function "bisect" {
  input {
    decimal[] numbers
    decimal wanted
  }
  stack {
    var $low { value = 0 }
    var $high { value = $input.numbers|count }
    while ($low < $high) {
      each {
        var $middle { value = ($low + $high) / 2 }
        math.sub $middle { value = $middle % 1 }
        var $middle { value = $middle|floor }
        conditional {
          if (($input.numbers|get:$middle) < $input.wanted) {
            var $low { value = $middle + 1 }
          }
          else {
            var $high { value = $middle }
          }
        }
      }
    }
  }
  response = $low
}
