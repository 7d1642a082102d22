// The fewest coins for an amount, or null.
function "change" {
  input {
    int amount filters=min:0
    int[] coins
  }
  stack {
    var $least { value = [{count: 0, coins: []}] }
    var $sum { value = 1 }
    while ($sum <= $input.amount) {
      each {
        var $best { value = null }
        foreach ($input.coins|sort:"":"int":true) {
          each as $coin {
            var $before { value = $least[$sum - $coin] }
            conditional {
              if ($coin <= $sum && $before != null) {
                conditional {
                  if ($best == null || $before.count + 1 < $best.count) {
                    var $best { value = {count: $before.count + 1, coins: $before.coins|push:$coin} }
                  }
                }
              }
            }
          }
        }
        array.push $least { value = $best }
        math.add $sum { value = 1 }
      }
    }
  }
  response = $least[$input.amount].coins
}
