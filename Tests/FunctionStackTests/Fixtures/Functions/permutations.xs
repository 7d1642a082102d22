// All orders of a few elements; it runs itself for the rest.
function "permutations" {
  input { json[] items }
  stack {
    conditional {
      if (($input.items|count) < 2) {
        return { value = [$input.items] }
      }
    }
    var $orders { value = [] }
    for ($input.items|count) {
      each as $i {
        var $others { value = ($input.items|slice:0:$i)|merge:($input.items|slice:($i + 1)) }
        function.run "permutations" {
          input = {items: $others}
        } as $rest
        foreach ($rest) {
          each as $order {
            array.push $orders { value = $order|unshift:$input.items[$i] }
          }
        }
      }
    }
  }
  response = $orders
}
