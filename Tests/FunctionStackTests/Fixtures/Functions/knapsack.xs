// The most value that fits into a bag: a table of the best for each capacity.
function "knapsack" {
  input {
    int capacity filters=min:0
    object[] things {
      schema {
        int weight filters=min:1
        int value
      }
    }
  }
  stack {
    var $best { value = 0|fill:0:($input.capacity + 1) }
    foreach ($input.things) {
      each as $thing {
        var $room { value = $input.capacity }
        while ($room >= $thing.weight) {
          each {
            var $with { value = $best[$room - $thing.weight] + $thing.value }
            conditional {
              if ($with > $best[$room]) {
                var.update $best[$room] { value = $with }
              }
            }
            math.sub $room { value = 1 }
          }
        }
      }
    }
  }
  response = $best|last
}
