// "2h 30m" in seconds; null if the text is no duration.
function "duration" {
  input { text text filters=trim|lower }
  stack {
    conditional {
      if (!("/^(\d+\s*[dhms]\s*)+$/"|regex_matches:$input.text)) {
        return { value = null }
      }
    }
    var $lengths { value = {d: 86400, h: 3600, m: 60, s: 1} }
    var $seconds { value = 0 }
    foreach ("/(\d+)\s*([dhms])/"|regex_get_all_matches:$input.text|first) {
      each as $part {
        var $unit { value = $part|trim|substr:-1 }
        math.add $seconds { value = ($part|to_int) * ($lengths|get:$unit) }
      }
    }
  }
  response = $seconds
}
