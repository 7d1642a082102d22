// The times that are not older than a number of minutes before the last one.
function "recent" {
  input {
    timestamp[] times
    int minutes
  }
  stack {
    var $sorted { value = $input.times|sort:"":"int" }
    var $limit { value = ($sorted|last)|transform_timestamp:("-" ~ $input.minutes ~ " minutes"):"UTC" }
    array.filter_count ($sorted) if ($this < $limit) as $old
  }
  response = {kept: $sorted|filter:$$ >= $limit|map:($$|format_timestamp:"c":"UTC"), dropped: $old}
}
