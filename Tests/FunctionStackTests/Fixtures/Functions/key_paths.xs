// Where the values of an object are, as paths with points.
function "key_paths" {
  input {
    json value
    text path?
  }
  stack {
    conditional {
      if (!($input.value|is_object) || ($input.value|is_empty)) {
        return { value = $input.path ? [$input.path] : [] }
      }
    }
    var $paths { value = [] }
    foreach ($input.value|keys) {
      each as $key {
        function.run "key_paths" {
          input = {
            value: $input.value[$key]
            path : $input.path ? $input.path ~ "." ~ $key : $key
          }
        } as $inner
        var.update $paths { value = $paths|merge:$inner }
      }
    }
  }
  response = $paths
}
