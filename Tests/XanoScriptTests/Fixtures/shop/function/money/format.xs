function "money/format" {
  input {
    int cents
    text currency?="EUR" filters=upper|pattern:^[A-Z]{3}$
  }

  stack {
    var $sign { value = $input.cents < 0 ? "-" : "" }
  }

  response = $sign ~ ($input.cents|abs|divide:100|number_format:2:".":",") ~ " " ~ $input.currency
}
