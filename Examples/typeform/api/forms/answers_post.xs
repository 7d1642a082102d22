// Typeform sends each filled-in form here: one record for each answer.
query "answers" verb=POST {
  api_group = "forms"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "json"
    } as $event

    precondition ($event.event_type == "form_response") {
      error_type = "inputerror"
      error = "Not a form response"
    }

    var $form {
      value = $event.form_response
    }

    var $saved {
      value = 0
    }

    foreach ($form.answers) {
      each as $answer {
        var $field {
          value = $form.definition.fields|find:$$.id == $answer.field.id
        }

        function.run "plain_text" {
          input = {answer: $answer}
        } as $text

        db.add "answer" {
          data = {
            form    : $form.form_id
            response: $form.token
            question: $field.title ?? "(removed question)"
            answer  : $text
          }
        } as $row

        var.update $saved {
          value = $saved + 1
        }
      }
    }
  }

  response = {saved: $saved}
}
