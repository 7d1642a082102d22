// An object laid over another: objects within are laid over each other, all else is replaced, null removes.
function "overlay" {
  input {
    json below
    json above
  }
  stack {
    var $result { value = $input.below }
    foreach ($input.above|entries) {
      each as $entry {
        conditional {
          if ($entry.value === null) {
            var.update $result { value = $result|unset:$entry.key }
          }
          elseif (($entry.value|is_object) && ($result[$entry.key]|is_object)) {
            function.run "overlay" {
              input = {below: $result[$entry.key], above: $entry.value}
            } as $inner
            var.update $result[$entry.key] { value = $inner }
          }
          else {
            var.update $result[$entry.key] { value = $entry.value }
          }
        }
      }
    }
  }
  response = $result
}
