// Answers that it ran.
query "event" verb=POST {
  api_group = "sdks"

  input {
  }

  stack {
  }

  response = {verified: true}
}
