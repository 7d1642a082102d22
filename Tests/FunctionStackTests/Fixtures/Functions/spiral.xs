// The numbers of a table, read round and round from outside in.
function "spiral" {
  input { json table }
  stack {
    var $rows { value = $input.table }
    var $read { value = [] }
    while (($rows|count) > 0) {
      each {
        array.shift $rows as $row
        array.merge $read { value = $row }
        // A quarter turn: the last column becomes the first row.
        var $turned { value = [] }
        var $column { value = ($row|count) - 1 }
        while ($column >= 0 && ($rows|count) > 0) {
          each {
            array.push $turned { value = $rows|map:$$[$column] }
            math.sub $column { value = 1 }
          }
        }
        var.update $rows { value = $turned }
      }
    }
  }
  response = $read
}
