// The parameters of a query string; a name given more than once has a list.
function "query_text" {
  input { text query? filters=trim }
  stack {
    var $parameters { value = {} }
    foreach (($input.query ?? "")|split:"&") {
      each as $pair {
        conditional {
          if ($pair == "") { continue }
        }
        var $parts { value = $pair|split:"=" }
        var $name { value = $parts|first|url_decode }
        var $value { value = ($parts|slice:1|join:"=")|url_decode }
        switch ($parameters|has:$name) {
          case (false) {
            var.update $parameters { value = $parameters|set:$name:$value }
          } break
          default {
            var $known { value = $parameters|get:$name }
            var $list { value = ($known|is_array) ? $known : [$known] }
            var.update $parameters { value = $parameters|set:$name:($list|push:$value) }
          }
        }
      }
    }
  }
  response = $parameters
}
