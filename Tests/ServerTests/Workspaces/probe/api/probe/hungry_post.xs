// Takes too much of something, as it is told, after it has kept a note.
query "hungry" verb=POST {
  api_group = "probe"

  input {
    text how
    int n?
  }

  stack {
    db.add "note" {
      data = {text: "hungry for " ~ $input.how}
    } as $note

    var $list {
      value = []
    }

    var $text {
      value = "0123456789abcdef"
    }

    conditional {
      if ($input.how == "steps") {
        while (true) {
          each {
            var $x {
              value = 1
            }
          }
        }
      }

      elseif ($input.how == "memory") {
        while (true) {
          each {
            array.push $list {
              value = {text: "an element of a list that grows"}
            }
          }
        }
      }

      elseif ($input.how == "text") {
        while (true) {
          each {
            var.update $text {
              value = $text ~ $text
            }
          }
        }
      }

      elseif ($input.how == "depth") {
        function.run "deeper" {
          input = {n: $input.n}
        } as $list
      }

      elseif ($input.how == "time") {
        db.query "note" {
          join = {
            a: {table: "note", type: "inner", where: $db.a.id > 0}
            b: {table: "note", type: "inner", where: $db.b.id > 0}
            c: {table: "note", type: "inner", where: $db.c.id > 0}
            d: {table: "note", type: "inner", where: $db.d.id > 0}
          }
          where = $db.a.text != $db.b.text && $db.c.text != $db.d.text
          return = {type: "count"}
        } as $list
      }
    }
  }

  response = $list
}
