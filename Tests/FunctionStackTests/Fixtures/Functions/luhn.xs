// Whether the check digit of a number is right.
function "luhn" {
  input { text digits }
  stack {
    var $digits { value = $input.digits|replace:" ":""|split:""|reverse }
    var $sum { value = 0 }
    for ($digits|count) {
      each as $i {
        var $digit { value = $digits[$i]|to_int }
        conditional {
          if ($i % 2 == 1) {
            var $digit { value = $digit * 2 }
          }
        }
        var.update $sum { value = $sum + ($digit > 9 ? $digit - 9 : $digit) }
      }
    }
  }
  response = ($digits|count) > 1 && $sum % 10 == 0
}
