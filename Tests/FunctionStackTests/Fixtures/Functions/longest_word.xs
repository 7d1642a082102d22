// Named by the ways in which stacks return: from a loop, from a branch, at the end.
function "longest_word" {
  input {
    text text?
    int enough?
  }
  stack {
    conditional {
      if ($input.text|is_empty) {
        return { value = {word: null, reason: "no text"} }
      }
    }
    var $longest { value = "" }
    foreach ($input.text|split:" ") {
      each as $word {
        conditional {
          if (($word|strlen) > ($longest|strlen)) {
            var.update $longest { value = $word }
          }
        }
        conditional {
          if ($input.enough != null && ($longest|strlen) >= $input.enough) {
            return { value = {word: $longest, reason: "enough"} }
          }
        }
      }
    }
  }
  response = {word: $longest, reason: "all seen"}
}
