/// Expressions in all the places and shapes in which exports have them.
function "all/expressions" {
  input {
    json a?
    text b? filters=trim {
      description = "A text"   // with a comment behind it
      // and one of its own
    }
    int? c?=0
  }

  stack {
    // Commas and line ends between entries, bare and quoted names.
    var $object {
      value = {
        plain      : 1
        "quoted x" : 'two'
        dotted.name: $input.a.b[0],
        Dash-ed    : $env.$http_headers.X-Forwarded-Host
        !off       : $nothing
        nested     : {a: [], b: {}, c: null}
      }
    }

    // A condition over several lines, filters at the beginning of lines.
    var $list {
      value = $input.a
        |filter:$$.id > 5 && $$.name != ""
        |map:{
          id  : $$.id
          name: ($$.name|to_upper) ~ "!"
        }
        |push:{id: 0}
    }

    var $sum {
      value = ```
        (
          $list|count
        ) * 2
        + 1
        ```
    }

    var $choice {
      value = ($input.b|is_empty) ? "none" : $input.c > 3 ? "many" : "few"
    }

    var $range { value = (1..$sum)|reverse }
    var $cast { value = !array "[1,2]"|first }
    var $page { value = ($input.c ?? 1) - 1 }
    var $slice { value = $list[1:3] }
    var $last { value = ($list|last).name }
    var $many { value = [1, 2
      3
      "four", now] }

    var.update $object.nested.c {
      value = $object["quoted x"] ~ `$list|count > 1`
    }

    precondition (($list|count) > 0 && !($input.b|contains:"x")) {
      error_type = "badrequest"
      error = "It's \"empty\""
      payload = {list: $list}
    }

    db.query "order" {
      where = $db.order.id ==? $input.c && ($db.order.name includes? $input.b || $db.order.tags not contains "x")
      additional_where = `$db.order.id = 5`
      sort = {order.name: "asc", created_at: "rand"}
      eval = {year: $db.order.created_at|timestamp_year}
      addon = [
        {name: "lines", input: {id: $output.id}, as: "items.lines"}
      ]
      return = {type: "list", paging: {page: 1, per_page: 25, totals: true}}
      output = ["id", "name"]
    } as $orders

    array.filter_count $list if ($this.id > 2) as $count
    array.group_by ($list) { by = $this.name } as $groups

    util.template_engine {
      value = """
        {% for x in $var.list %}
          "{{ x }}"
        {% endfor %}
        """
    } as $html
  }

  response = {list: $list, html: $html}|set_ifnotnull:"sum":$sum
  tags = ["a", "b"]
  guid = "Uq9z_-1"
  history = false
}
