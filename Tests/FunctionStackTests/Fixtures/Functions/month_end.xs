// The last day of the month of a time, as it is in a zone.
function "month_end" {
  input {
    timestamp at
    text zone?="UTC"
  }
  stack {
    var $end { value = $input.at|transform_timestamp:"last day of this month":$input.zone }
  }
  response = {
    day: $end|format_timestamp:"Y-m-d":$input.zone
    name: $end|format_timestamp:"l, jS F":$input.zone
    days: ($end|format_timestamp:"j":$input.zone)|to_int
  }
}
