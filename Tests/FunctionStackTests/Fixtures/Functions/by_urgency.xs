// Orders tickets by a rule: the higher priority first, then the older, then the name.
function "by_urgency" {
  input {
    object[] tickets {
      schema {
        text name
        int priority?=0
        timestamp opened
      }
    }
  }
  stack {
    var $sorted { value = [] }
    foreach ($input.tickets) {
      each as $ticket {
        var $place { value = $sorted|count }
        while ($place > 0) {
          each {
            var $other { value = $sorted|get:($place - 1) }
            var $is_before { value = $ticket.name < $other.name }
            conditional {
              if ($ticket.opened != $other.opened) {
                var.update $is_before { value = $ticket.opened < $other.opened }
              }
            }
            conditional {
              if ($ticket.priority != $other.priority) {
                var.update $is_before { value = $ticket.priority > $other.priority }
              }
            }
            conditional {
              if (!$is_before) { break }
            }
            math.sub $place { value = 1 }
          }
        }
        var $sorted {
          value = ($sorted|slice:0:$place)|push:$ticket|merge:($sorted|slice:$place)
        }
      }
    }
  }
  response = $sorted|map:$$.name
}
