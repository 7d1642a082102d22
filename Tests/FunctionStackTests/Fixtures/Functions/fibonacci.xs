// Exact up to the largest whole number, and an error past it.
function "fibonacci" {
  input { int n filters=min:0 }
  stack {
    var $a { value = 0 }
    var $b { value = 1 }
    for ($input.n) {
      each as $i {
        var $sum { value = $i < $input.n - 1 ? $a + $b : $b }
        var $a { value = $b }
        var $b { value = $sum }
      }
    }
  }
  response = $input.n == 0 ? 0 : $a
}
