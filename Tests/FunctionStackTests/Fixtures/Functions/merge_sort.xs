// Sorts by halves; what joins them is a function of its own.
function "merge_sort" {
  input { json[] items }
  stack {
    var $count { value = $input.items|count }
    conditional {
      if ($count <= 1) { return { value = $input.items } }
    }
    var $half { value = ($count / 2)|floor }
    function.run "merge_sort" { input = {items: $input.items|slice:0:$half} } as $left
    function.run "merge_sort" { input = {items: $input.items|slice:$half} } as $right
    function.run "merge_sorted" { input = {left: $left, right: $right} } as $sorted
  }
  response = $sorted
}
