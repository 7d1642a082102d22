// The Gray code of so many bits.
function "gray" {
  input { int bits filters=min:1|max:8 }
  stack {
    var $codes { value = [] }
    for (2|pow:$input.bits) {
      each as $i {
        var $code { value = $i|bitwise_xor:(($i / 2)|floor) }
        array.push $codes { value = $code|decbin|pad_start:$input.bits:"0" }
      }
    }
  }
  response = $codes
}
