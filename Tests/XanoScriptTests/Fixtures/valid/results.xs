// Results that pass through filters on their way, and names that only brackets and quotation marks can hold.
function "results" {
  input {
    text code? filters = trim | lower
    int amount? filters = min : 1 | max : 20
  }

  stack {
    db.query ticket {
      where = $db.ticket.code == $input.code
      return = {type: "list"}
    } as $ticket|first|get:"id":null

    function.run make_ticket {
      input = {amount: $input.amount}
    } as $made
      |get:"ticket"

    !object.keys {
      value = $made
    } as $names|count

    var $label {
      value = $["made at"] ~ ": " ~ $["made at"].day
    }
  }

  response = $label
}
