// Writes, and then fails as it is told: what it wrote must not stay.
query "failing" verb=POST {
  api_group = "probe"

  input {
    text text
    text? how?
  }

  stack {
    db.add "note" {
      data = {text: $input.text}
    } as $note

    precondition ($input.how != "refused") {
      error_type = "accessdenied"
      error = "Refused"
    }

    precondition ($input.how != "broken") {
      error = "Broken"
    }

    conditional {
      if ($input.how == "endless") {
        while (true) {
          each {
            var $x {
              value = 1
            }
          }
        }
      }
    }

    util.set_header {
      value = "X-Note: kept"
      duplicates = "replace"
    }
  }

  response = {id: $note.id}
}
