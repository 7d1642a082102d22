// The slash command /todo: "/todo buy milk" adds a task, "/todo" alone lists what is open.
query "todo" verb=POST {
  api_group = "chat"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = "x-www-form-urlencoded"
    } as $command

    var $task {
      value = ($command.text ?? "")|trim
    }

    conditional {
      if ($task != "") {
        db.add "todo" {
          data = {team: $command.team_id, user: $command.user_name, task: $task}
        } as $todo
      }
    }

    db.query "todo" {
      where = $db.todo.team == $command.team_id && $db.todo.done == false
      sort = {todo.id: "asc"}
      return = {type: "list"}
    } as $open

    util.template_engine {
      value = """
        {% for todo in $var.open %}{{ loop.index }}. {{ todo.task }} ({{ todo.user }})
        {% else %}Nothing to do.{% endfor %}
        """
    } as $text
  }

  response = {response_type: "ephemeral", text: $text|trim}
}
