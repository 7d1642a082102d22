// Stripe's events. The location verifies them: POSTERN_VERIFY "stripe".
query "stripe" verb=POST {
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
}
