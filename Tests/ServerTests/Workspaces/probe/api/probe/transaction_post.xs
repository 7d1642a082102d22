// A stack on a worker whose transaction never ends.
query "transaction" verb=POST {
  api_group = "probe"

  input {
  }

  stack {
    util.sleep {
      value = 0
    }

    db.transaction {
      stack {
        db.add "note" {
          data = {text: "within"}
        } as $note

        while (true) {
          each {
            var $x {
              value = 1
            }
          }
        }
      }
    }
  }

  response = true
}
