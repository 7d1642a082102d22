function "limited" {
  input {
  }

  stack {
    redis.ratelimit {
      key = "limited"
      max = 2
      ttl = 60
      error = "Too fast"
    } as $uses
  }

  response = $uses
}
