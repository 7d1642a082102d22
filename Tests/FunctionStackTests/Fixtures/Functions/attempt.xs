// Divides, and says what went wrong instead of failing.
function "attempt" {
  input {
    json left
    json right
  }
  stack {
    var $log { value = [] }
    try_catch {
      try {
        array.push $log { value = "begun" }
        var $result { value = {ok: true, value: $input.left / $input.right} }
        array.push $log { value = "done" }
      }
      catch {
        var $result { value = {ok: false, code: $error.code, message: $error.message} }
      }
      finally {
        array.push $log { value = "over" }
      }
    }
  }
  response = $result|set:"log":$log
}
