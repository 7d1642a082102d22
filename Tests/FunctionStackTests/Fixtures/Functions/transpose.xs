function "transpose" {
  input { json table }
  stack {
    var $width { value = (($input.table|first) ?? [])|count }
    var $columns { value = [] }
    for ($width) {
      each as $i {
        array.push $columns { value = $input.table|map:$$[$i] }
      }
    }
  }
  response = $columns
}
