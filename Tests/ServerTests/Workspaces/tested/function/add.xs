function "math/add" {
  input { 
    int a
    int b
  }
  stack { 
    precondition ($input.a > 0) { error = "a is not positive" }
    var $s { 
      value = $input.a + $input.b
      mock = {"flow": 99}
    } 
  }
  response = $s
}
