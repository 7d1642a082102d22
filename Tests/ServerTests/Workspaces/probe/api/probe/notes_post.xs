// Keeps the note and answers its number.
query "notes" verb=POST {
  api_group = "probe"

  input {
    text text
  }

  stack {
    db.add "note" {
      data = {text: $input.text}
    } as $note
  }

  response = {id: $note.id}
}
