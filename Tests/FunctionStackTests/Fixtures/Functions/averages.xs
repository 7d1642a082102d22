// The average over each so many numbers in a row.
function "averages" {
  input {
    decimal[] numbers
    int width filters=min:1
  }
  stack {
    var $means { value = [] }
    for (($input.numbers|count) - $input.width + 1) {
      each as $i {
        array.push $means { value = $input.numbers|slice:$i:$input.width|avg|round:2 }
      }
    }
  }
  response = $means
}
