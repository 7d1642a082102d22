// The same events, verified by the middleware `stripe_signature`.
query "stripe_checked" verb=POST {
  api_group = "payments"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "json"
    } as $event

    function.run "keep_payment" {
      input = {event: $event}
    } as $answer
  }

  response = $answer

  middleware = {
    pre: [{name: "stripe_signature"}]
  }
}
