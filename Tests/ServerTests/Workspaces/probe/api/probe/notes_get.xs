query "notes" verb=GET {
  api_group = "probe"

  input {
  }

  stack {
    db.query "note" {
      sort = {note.id: "asc"}
      return = {type: "list"}
    } as $notes
  }

  response = $notes|map:$$.text
}
