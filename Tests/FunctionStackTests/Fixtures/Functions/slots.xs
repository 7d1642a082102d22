// The appointments of a day, as they read in a zone.
function "slots" {
  input {
    date day
    int minutes filters=min:5
    text zone?="UTC"
    text from?="09:00"
    text to?="11:00"
  }
  stack {
    var $at { value = ($input.day ~ " " ~ $input.from)|parse_timestamp:"Y-m-d H:i":$input.zone }
    var $end { value = ($input.day ~ " " ~ $input.to)|parse_timestamp:"Y-m-d H:i":$input.zone }
    var $slots { value = [] }
    while ($at + $input.minutes * 60000 <= $end) {
      each {
        var $next { value = $at|add_secs_to_timestamp:($input.minutes * 60) }
        array.push $slots {
          value = ($at|format_timestamp:"H:i":$input.zone) ~ "–" ~ ($next|format_timestamp:"H:i T":$input.zone)
        }
        var.update $at { value = $next }
      }
    }
  }
  response = $slots
}
