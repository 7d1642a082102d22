// Letters moved along the alphabet, either way.
function "caesar" {
  input {
    text message
    int steps
  }
  stack {
    var $alphabet { value = "abcdefghijklmnopqrstuvwxyz" }
    var $moved { value = "" }
    foreach ($input.message|split:"") {
      each as $letter {
        var $place { value = $alphabet|iindex:$letter }
        conditional {
          if ($place === false) {
            var $new { value = $letter }
          }
          else {
            var $target { value = (($place + $input.steps) % 26 + 26) % 26 }
            var $new { value = $alphabet[$target] }
            conditional {
              if ("/[A-Z]/"|regex_matches:$letter) {
                var $new { value = $new|to_upper }
              }
            }
          }
        }
        var.update $moved { value = $moved ~ $new }
      }
    }
  }
  response = $moved
}
