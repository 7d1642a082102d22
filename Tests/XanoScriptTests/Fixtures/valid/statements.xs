workflow_test "statements" {
  datasource = "live"

  stack {
    api.call "orders/{id}" verb=GET {
      api_group = "Orders"
      headers = '["Content-Type: application/json"]'
    } as $answer

    function.call "total" as $total
    middleware.call "count_calls" { input = {vars: {}, type: "pre"} } as $middleware

    for (3) {
      description = "three times"
      each as $i {
        conditional {
          if ($i == 1)
          elseif ($i == 2) {
            continue
          }

          // nothing of it
          else {
            break
          }
        }
      }
    }

    try_catch {
      try {
        throw {
          name = "Failed"
          value = "message"
        }
      }
      catch {
        debug.log { value = $error.message }
      }
      finally {
        foreach.remove
      }
    }

    db.transaction {
      isolation = "serializable"
      stack {
        db.bulk.add "item" { data = [{name: "a"}, {name: "b"}] } as $added
        !db.truncate "item" { reset = true }
      }
    }

    util.post_process {
      stack
    }

    text.append $total { value = " EUR" }
    object.keys { value = $answer } as $keys
    security.create_uuid as $uuid
    await $answer as $done

    expect.to_be_defined ($answer)
    expect.to_be_within ($total) {
      min = 1
      max = 4
    }
    expect.to_throw {
      stack {
        return { value = null }
      }
      exception = "error"
    }
  }

  tags = ["a", "b"]
}
