// The least number of letters to add, remove or change: a table of two dimensions.
function "distance" {
  input {
    text from?
    text to?
  }
  stack {
    var $from { value = ($input.from ?? "")|split:"" }
    var $to { value = ($input.to ?? "")|split:"" }
    var $from { value = $input.from == "" ? [] : $from }
    var $to { value = $input.to == "" ? [] : $to }
    var $table { value = [(0..($to|count))] }
    for ($from|count) {
      each as $i {
        var $row { value = [$i + 1] }
        for ($to|count) {
          each as $j {
            var $cost { value = $from[$i] == $to[$j] ? 0 : 1 }
            var $steps {
              value = [
                $table[$i][$j + 1] + 1
                $row[$j] + 1
                $table[$i][$j] + $cost
              ]
            }
            array.push $row { value = $steps|array_min }
          }
        }
        array.push $table { value = $row }
      }
    }
  }
  response = $table|last|last
}
