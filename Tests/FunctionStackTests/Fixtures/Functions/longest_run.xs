// The longest run of equal elements, the first of several as long.
function "longest_run" {
  input { json[] items }
  stack {
    var $best { value = {item: null, length: 0, start: null} }
    var $start { value = 0 }
    for ($input.items|count) {
      each as $i {
        conditional {
          if ($i > 0 && $input.items[$i] !== $input.items[$i - 1]) {
            var.update $start { value = $i }
          }
        }
        conditional {
          if ($i - $start + 1 > $best.length) {
            var.update $best { value = {item: $input.items[$i], length: $i - $start + 1, start: $start} }
          }
        }
      }
    }
  }
  response = $best
}
