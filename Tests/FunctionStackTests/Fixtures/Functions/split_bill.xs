// An amount in equal parts to the cent; who is first pays the cents that are left.
function "split_bill" {
  input {
    decimal amount
    text[1:] people
  }
  stack {
    var $cents { value = ($input.amount * 100)|round }
    var $count { value = $input.people|count }
    var $each { value = ($cents / $count)|floor }
    var $left { value = $cents % $count }
    var $shares { value = {} }
    for ($count) {
      each as $i {
        var $share { value = ($each + ($i < $left ? 1 : 0)) / 100 }
        var.update $shares[$input.people[$i]] { value = $share|number_format:2:".":"" }
      }
    }
  }
  response = $shares
}
