// Reverse Polish notation.
function "calculate" {
  input { text formula }
  stack {
    var $numbers { value = [] }
    foreach ($input.formula|trim|split:" ") {
      each as $token {
        conditional {
          if ("/^-?\d+(\.\d+)?$/"|regex_matches:$token) {
            array.push $numbers { value = $token|to_decimal }
            continue
          }
        }
        precondition (["+", "-", "*", "/"]|some:$$ == $token) {
          error_type = "inputerror"
          error = "Unknown sign " ~ $token
        }
        precondition (($numbers|count) >= 2) {
          error_type = "inputerror"
          error = "Too few numbers before " ~ $token
        }
        array.pop $numbers as $right
        array.pop $numbers as $left
        switch ($token) {
          case ("+") { var $value { value = $left + $right } } break
          case ("-") { var $value { value = $left - $right } } break
          case ("*") { var $value { value = $left * $right } } break
          case ("/") { var $value { value = $left / $right } } break
        }
        array.push $numbers { value = $value }
      }
    }
    precondition (($numbers|count) == 1) {
      error_type = "inputerror"
      error = "Numbers are left over"
    }
  }
  response = $numbers[0]
}
