query "form" verb=POST {
  api_group = "probe"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "x-www-form-urlencoded"
    } as $form
  }

  response = $form
}
