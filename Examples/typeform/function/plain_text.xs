// What a person answered, as plain text, whatever the kind of question.
function "plain_text" {
  input {
    json answer
  }

  stack {
    var $text {
      value = ($input.answer|get:$input.answer.type)|to_text
    }

    conditional {
      if ($input.answer.type == "choice") {
        var.update $text {
          value = $input.answer.choice.label
        }
      }
      elseif ($input.answer.type == "choices") {
        var.update $text {
          value = $input.answer.choices.labels|join:", "
        }
      }
      elseif ($input.answer.type == "boolean") {
        var.update $text {
          value = $input.answer.boolean ? "yes" : "no"
        }
      }
    }
  }

  response = $text

  test "a choice is its label" {
    input = {answer: {type: "choice", choice: {label: "Blue"}}}
    expect.to_equal ($response) {
      value = "Blue"
    }
  }

  test "several choices stand in one line" {
    input = {answer: {type: "choices", choices: {labels: ["Tea", "Milk"]}}}
    expect.to_equal ($response) {
      value = "Tea, Milk"
    }
  }

  test "yes and no are words" {
    input = {answer: {type: "boolean", boolean: false}}
    expect.to_equal ($response) {
      value = "no"
    }
  }
}
