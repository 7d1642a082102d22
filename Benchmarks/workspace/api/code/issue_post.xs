// One record for each event: what the baseline in C keeps as well.
query "issue" verb=POST {
  api_group = "code"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "json"
      exclude_middleware = false
    } as $event

    db.add "issue" {
      data = {number: $event.number, title: $event.issue.title, author: $event.issue.user.login}
    } as $record
  }

  response = {ok: true}
}
