// One line of CSV; what needs quotes has them.
function "csv_line" {
  input { json[] fields }
  stack {
    var $cells { value = [] }
    foreach ($input.fields) {
      each as $field {
        var $text { value = $field === null ? "" : ($field|to_text) }
        conditional {
          if ("/[\",\n]/"|regex_matches:$text) {
            var.update $text { value = "\"" ~ ($text|replace:"\"":"\"\"") ~ "\"" }
          }
        }
        array.push $cells { value = $text }
      }
    }
  }
  response = $cells|join:","
}
