// The primes up to a number, by crossing out.
function "primes" {
  input { int limit }
  stack {
    var $crossed { value = false|fill:0:($input.limit + 1) }
    var $primes { value = [] }
    var $n { value = 2 }
    while ($n <= $input.limit) {
      each {
        conditional {
          if (!$crossed[$n]) {
            array.push $primes { value = $n }
            var $multiple { value = $n * $n }
            while ($multiple <= $input.limit) {
              each {
                var.update $crossed[$multiple] { value = true }
                math.add $multiple { value = $n }
              }
            }
          }
        }
        math.add $n { value = 1 }
      }
    }
  }
  response = $primes
}
