// An order in which each comes after what it needs.
function "build_order" {
  input { json needs }
  stack {
    var $order { value = [] }
    var $waiting { value = $input.needs|keys }
    while (($waiting|count) > 0) {
      each {
        array.filter ($waiting) if (($input.needs[$this]|diff:$order|count) == 0) as $ready
        conditional {
          if (($ready|count) == 0) {
            throw {
              name = "circle"
              value = "These need each other: " ~ ($waiting|join:", ")
            }
          }
        }
        var.update $order { value = $order|merge:$ready }
        var.update $waiting { value = $waiting|diff:$ready }
      }
    }
  }
  response = $order
}
