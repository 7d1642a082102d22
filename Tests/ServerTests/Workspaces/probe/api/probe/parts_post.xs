query "parts" verb=POST {
  api_group = "probe"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "multipart/form-data"
    } as $parts
  }

  response = {name: $parts.name}
}
