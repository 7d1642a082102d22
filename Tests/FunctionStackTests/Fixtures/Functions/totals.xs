// What each customer spent, most first.
function "totals" {
  input { json[] orders }
  stack {
    var $groups { value = $input.orders|index_by:customer }
    var $rows { value = [] }
    foreach ($groups|entries) {
      each as $group {
        array.push $rows {
          value = {
            customer: $group.key
            orders: $group.value|count
            total: $group.value|reduce:$result + $$.amount:0
          }
        }
      }
    }
  }
  response = $rows|sort:"total":"number":true
}
