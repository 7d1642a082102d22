// A number in another base.
function "to_base" {
  input {
    int number
    int base filters=min:2|max:36
  }
  stack {
    var $digits { value = "0123456789abcdefghijklmnopqrstuvwxyz" }
    var $rest { value = $input.number|abs }
    var $text { value = $rest == 0 ? "0" : "" }
    while ($rest > 0) {
      each {
        var $digit { value = $rest % $input.base }
        var.update $text { value = $digits[$digit] ~ $text }
        var.update $rest { value = ($rest - $digit) / $input.base }
      }
    }
  }
  response = $input.number < 0 ? "-" ~ $text : $text
}
