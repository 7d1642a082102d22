// The moves of a tower of so many rings.
function "hanoi" {
  input {
    int rings filters=min:0|max:12
    text from?="A"
    text to?="C"
    text over?="B"
  }
  stack {
    conditional {
      if ($input.rings == 0) { return { value = [] } }
    }
    function.run "hanoi" {
      input = {rings: $input.rings - 1, from: $input.from, to: $input.over, over: $input.to}
    } as $before
    function.run "hanoi" {
      input = {rings: $input.rings - 1, from: $input.over, to: $input.to, over: $input.from}
    } as $after
    var $move { value = $input.from ~ $input.to }
  }
  response = $before|push:$move|merge:$after
}
