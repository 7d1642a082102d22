// How many bits of a number are set, and which.
function "bits" {
  input { int number filters=min:0 }
  stack {
    var $rest { value = $input.number }
    var $set { value = [] }
    var $place { value = 0 }
    while ($rest > 0) {
      each {
        var $bit { value = $rest }
        math.bitwise.and $bit { value = 1 }
        conditional {
          if ($bit) { array.push $set { value = $place } }
        }
        var $rest { value = ($rest - $bit) / 2 }
        math.add $place { value = 1 }
      }
    }
  }
  response = {count: $set|count, set: $set, binary: $input.number|decbin}
}
