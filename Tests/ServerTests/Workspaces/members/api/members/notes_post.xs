query "notes" verb=POST {
  api_group = "members"
  auth = "user"

  input {
    text text
  }

  stack {
    db.add note {
      data = {user_id: $auth.id, text: $input.text}
    } as $note
  }

  response = $note
}
