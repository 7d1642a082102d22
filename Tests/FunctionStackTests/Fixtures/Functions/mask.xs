// An address of which only the first letter and the host can be read.
function "mask" {
  input { email address }
  stack {
    var $parts { value = $input.address|split:"@" }
    var $hidden { value = ($parts[0]|strlen) - 1 }
    var $stars { value = "" }
    for ($hidden) {
      each as $i { text.append $stars { value = "*" } }
    }
  }
  response = ($parts[0]|substr:0:1) ~ $stars ~ "@" ~ $parts[1]
}
