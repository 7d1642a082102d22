// Keeps a note, and leaves another one to be kept after the answer, and one that waits for other machines.
query "leaving" verb=POST {
  api_group = "probe"

  input {
    text text
    text? how?
  }

  stack {
    db.add "note" {
      data = {text: $input.text}
    } as $note

    foreach ([1, 2]) {
      each as $number {
        util.post_process {
          stack {
            while ($input.how == "waits" && $open != true) {
              each {
                db.has "note" {
                  field_name = "text"
                  field_value = "open " ~ $input.text
                } as $open

                util.sleep {
                  value = 0.01
                }
              }
            }

            db.has "note" {
              field_name = "text"
              field_value = "mended"
            } as $mended

            precondition ($input.how != "fails" || $mended) {
              error = "Broken"
            }

            db.add "note" {
              data = {text: $note.text ~ " left " ~ $number ~ " " ~ $env.$request_method}
            } as $left
          }
        }
      }
    }

    util.post_process {
      stack {
        db.add "note" {
          data = {text: $input.text ~ " local"}
        } as $local
      }
    }

    precondition ($input.how != "refused") {
      error = "Refused"
    }
  }

  response = {text: $input.text}
}
