// The words of a text with how often they come, the commonest first, then by the alphabet.
function "word_counts" {
  input {
    text text
    int most?=10
  }
  stack {
    var $counts { value = {} }
    foreach ("/[\p{L}']+/u"|regex_get_all_matches:($input.text|to_lower)|first) {
      each as $word {
        var.update $counts { value = $counts|set:$word:(($counts|get:$word:0) + 1) }
      }
    }
    var $rows { value = $counts|entries|sort:"key":"text"|sort:"value":"int":true }
  }
  response = $rows|slice:0:$input.most|map:$$.key ~ " " ~ $$.value
}
