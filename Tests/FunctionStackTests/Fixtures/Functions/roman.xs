// A whole number in Roman numerals.
function "roman" {
  input { int number }
  stack {
    precondition ($input.number >= 1 && $input.number <= 3999) {
      error_type = "inputerror"
      error = "Roman numerals go from 1 to 3999"
    }
    var $signs {
      value = [
        {value: 1000, sign: "M"}, {value: 900, sign: "CM"}, {value: 500, sign: "D"}, {value: 400, sign: "CD"}
        {value: 100, sign: "C"}, {value: 90, sign: "XC"}, {value: 50, sign: "L"}, {value: 40, sign: "XL"}
        {value: 10, sign: "X"}, {value: 9, sign: "IX"}, {value: 5, sign: "V"}, {value: 4, sign: "IV"}
        {value: 1, sign: "I"}
      ]
    }
    var $rest { value = $input.number }
    var $text { value = "" }
    foreach ($signs) {
      each as $entry {
        while ($rest >= $entry.value) {
          each {
            text.append $text { value = $entry.sign }
            math.sub $rest { value = $entry.value }
          }
        }
      }
    }
  }
  response = $text
}
