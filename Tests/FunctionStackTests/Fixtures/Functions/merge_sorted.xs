function "merge_sorted" {
  input {
    json[] left
    json[] right
  }
  stack {
    var $merged { value = [] }
    var $l { value = 0 }
    var $r { value = 0 }
    while ($l < ($input.left|count) && $r < ($input.right|count)) {
      each {
        conditional {
          if ($input.right[$r] < $input.left[$l]) {
            array.push $merged { value = $input.right[$r] }
            math.add $r { value = 1 }
          }
          else {
            array.push $merged { value = $input.left[$l] }
            math.add $l { value = 1 }
          }
        }
      }
    }
    array.merge $merged { value = $input.left|slice:$l }
    array.merge $merged { value = $input.right|slice:$r }
  }
  response = $merged
}
