// The shortest way through a net of roads, with the places on it.
function "route" {
  input {
    json roads
    text from
    text to
  }
  stack {
    var $reached { value = {} }
    var $open { value = [{place: $input.from, length: 0, way: [$input.from]}] }
    while (($open|count) > 0) {
      each {
        var $open { value = $open|sort:"length":"number" }
        array.shift $open as $next
        conditional {
          if ($reached|has:$next.place) { continue }
        }
        conditional {
          if ($next.place == $input.to) {
            return { value = {length: $next.length, way: $next.way} }
          }
        }
        var.update $reached { value = $reached|set:$next.place:$next.length }
        foreach ($input.roads[$next.place]|entries) {
          each as $road {
            array.push $open {
              value = {
                place : $road.key
                length: $next.length + $road.value
                way   : $next.way|push:$road.key
              }
            }
          }
        }
      }
    }
  }
  response = null
}
