// What is different between two records.
function "changes" {
  input {
    json old
    json new
  }
  stack {
    var $keys { value = ($input.old|keys)|merge:($input.new|keys)|unique }
    var $changes { value = {} }
    foreach ($keys) {
      each as $key {
        conditional {
          if (!($input.old|has:$key)) {
            var $change { value = {is: "added", to: $input.new[$key]} }
          }
          elseif (!($input.new|has:$key)) {
            var $change { value = {is: "removed", from: $input.old[$key]} }
          }
          elseif (($input.old[$key]|json_encode) != ($input.new[$key]|json_encode)) {
            var $change { value = {is: "changed", from: $input.old[$key], to: $input.new[$key]} }
          }
          else {
            continue
          }
        }
        var.update $changes[$key] { value = $change }
      }
    }
  }
  response = $changes
}
