query "item/{number}" verb=GET {
  api_group = "probe"

  input {
    int number
    text? colour?
  }

  stack {
  }

  response = {number: $input.number, colour: $input.colour}
}
