// How many fields of land there are on a map, and the size of the largest.
function "islands" {
  input { text[] map }
  stack {
    var $grid { value = $input.map|map:($$|split:"") }
    var $sizes { value = [] }
    for ($grid|count) {
      each as $y {
        for ($grid[$y]|count) {
          each as $x {
            conditional {
              if ($grid[$y][$x] != "#") { continue }
            }
            var $size { value = 0 }
            var $queue { value = [[$y, $x]] }
            var.update $grid[$y][$x] { value = "." }
            while ($queue|count) {
              each {
                array.pop $queue as $place
                math.add $size { value = 1 }
                foreach ([[0, 1], [1, 0], [0, -1], [-1, 0]]) {
                  each as $step {
                    var $ny { value = $place[0] + $step[0] }
                    var $nx { value = $place[1] + $step[1] }
                    conditional {
                      if ($grid[$ny][$nx] == "#") {
                        var.update $grid[$ny][$nx] { value = "." }
                        array.push $queue { value = [$ny, $nx] }
                      }
                    }
                  }
                }
              }
            }
            array.push $sizes { value = $size }
          }
        }
      }
    }
  }
  response = {count: $sizes|count, largest: ($sizes|array_max) ?? 0}
}
