middleware "count_calls" {
  exception_policy = "silent"
  response_strategy = "merge"

  input {
    json vars
    enum type {
      values = ["pre", "post"]
    }
  }

  stack {
    redis.incr {
      key = "calls:" ~ $input.type
      by = 1
    } as $calls
  }

  response = null
}
