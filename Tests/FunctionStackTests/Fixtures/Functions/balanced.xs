// Where the brackets of a text go wrong, or null.
function "balanced" {
  input { text text }
  stack {
    var $closing { value = {"(": ")", "[": "]", "{": "}"} }
    var $open { value = [] }
    for ($input.text|strlen) {
      each as $i {
        var $sign { value = $input.text[$i] }
        conditional {
          if ($closing|has:$sign) {
            array.push $open { value = {sign: $closing[$sign], at: $i} }
          }
          elseif ($sign == ")" || $sign == "]" || $sign == "}") {
            array.pop $open as $expected
            conditional {
              if ($expected.sign != $sign) {
                return { value = $i }
              }
            }
          }
        }
      }
    }
    conditional {
      if (($open|count) > 0) { return { value = $open|last|get:"at" } }
    }
  }
  response = null
}
