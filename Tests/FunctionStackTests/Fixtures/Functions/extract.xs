// One place of a JSON document, and whether the text is one.
function "extract" {
  input {
    text document
    text path
  }
  stack {
    try_catch {
      try {
        var $value { value = $input.document|json_decode }
        var $answer { value = {found: $value|has:$input.path, json: $value|get:$input.path|json_encode} }
      }
      catch {
        var $answer { value = {error: "no JSON"} }
      }
    }
  }
  response = $answer
}
