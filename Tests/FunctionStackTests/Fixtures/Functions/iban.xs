// Whether the check digits of an account are right; the number is too long for one division.
function "iban" {
  input { text number filters=upper }
  stack {
    var $plain { value = "/\s+/"|regex_replace:"":$input.number }
    conditional {
      if (!("/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/"|regex_matches:$plain)) {
        return { value = false }
      }
    }
    var $moved { value = ($plain|substr:4) ~ ($plain|substr:0:4) }
    var $rest { value = 0 }
    foreach ($moved|split:"") {
      each as $sign {
        var $value { value = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"|index:$sign }
        var.update $rest { value = ($rest * ($value > 9 ? 100 : 10) + $value) % 97 }
      }
    }
  }
  response = $rest == 1
}
