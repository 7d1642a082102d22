// GitHub's events: issues are kept, a ping is answered, the rest is let pass.
query "github" verb=POST {
  api_group = "code"

  input {
    text action?
    json issue?
    json repository?
    text zen?
  }

  stack {
    var $event {
      value = $env.$http_headers.X-GitHub-Event
    }

    conditional {
      if ($event == "ping") {
        return {
          value = {pong: $input.zen}
        }
      }
      elseif ($event != "issues") {
        return {
          value = {ignored: $event}
        }
      }
    }

    var $row {
      value = {
        repository: $input.repository.full_name
        number    : $input.issue.number
        title     : $input.issue.title
        author    : $input.issue.user.login
        state     : $input.action == "deleted" ? "deleted" : $input.issue.state
        labels    : $input.issue.labels|map:$$.name
      }
    }

    db.query "issue" {
      where = $db.issue.repository == $row.repository && $db.issue.number == $row.number
      return = {type: "single"}
    } as $known

    conditional {
      if ($known == null) {
        db.add "issue" {
          data = $row
        } as $issue
      }
      else {
        db.patch "issue" {
          field_name = "id"
          field_value = $known.id
          data = $row
        } as $issue
      }
    }
  }

  response = {issue: $issue.id, state: $issue.state, labels: $issue.labels}
}
