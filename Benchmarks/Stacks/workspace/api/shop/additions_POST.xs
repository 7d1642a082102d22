// A million additions in a loop. additions.php does the same.
query "additions" verb=POST {
  api_group = "shop"

  input {
  }

  stack {
    var $sum {
      value = 0
    }

    for (1000000) {
      each as $number {
        var.update $sum {
          value = $sum + $number
        }
      }
    }
  }

  response = $sum
}
