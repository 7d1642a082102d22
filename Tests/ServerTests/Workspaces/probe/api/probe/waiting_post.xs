// Keeps a note, waits until somebody keeps a note that opens it, and keeps another one.
query "waiting" verb=POST {
  api_group = "probe"

  input {
    text text
    text? how?
  }

  stack {
    db.add "note" {
      data = {text: $input.text ~ " begun"}
    } as $begun

    var $open {
      value = false
    }

    while ($open == false) {
      each {
        util.sleep {
          value = 0.01
        }

        db.has "note" {
          field_name = "text"
          field_value = "open " ~ $input.text
        } as $open
      }
    }

    db.has "note" {
      field_name = "text"
      field_value = "mended"
    } as $mended

    precondition ($input.how != "fails" || $mended) {
      error = "Broken"
    }

    db.transaction {
      stack {
        db.add "note" {
          data = {text: $input.text ~ " ended"}
        } as $ended
      }
    }
  }

  response = {text: $input.text, ended: $ended.text}
}
