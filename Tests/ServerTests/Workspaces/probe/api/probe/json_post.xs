query "json" verb=POST {
  api_group = "probe"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "json"
    } as $json
  }

  response = {json: $json}
}
