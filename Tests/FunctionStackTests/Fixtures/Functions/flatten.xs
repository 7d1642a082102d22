// The elements of arrays within arrays, to a depth.
function "flatten" {
  input {
    json[] items
    int depth?=100
  }
  stack {
    var $flat { value = [] }
    foreach ($input.items) {
      each as $item {
        conditional {
          if (($item|is_array) && $input.depth > 0) {
            function.run "flatten" {
              input = {items: $item, depth: $input.depth - 1}
            } as $inner
            array.merge $flat { value = $inner }
          }
          else {
            array.push $flat { value = $item }
          }
        }
      }
    }
  }
  response = $flat
}
