// Days from Monday to Friday between two dates, both counted.
function "working_days" {
  input {
    date from
    date to
  }
  stack {
    var $day { value = $input.from|to_timestamp }
    var $last { value = $input.to|to_timestamp }
    var $count { value = 0 }
    while ($day <= $last) {
      each {
        conditional {
          if (($day|format_timestamp:"N":"UTC"|to_int) <= 5) {
            math.add $count { value = 1 }
          }
        }
        var $day { value = $day|transform_timestamp:"+1 day":"UTC" }
      }
    }
  }
  response = $count
}
