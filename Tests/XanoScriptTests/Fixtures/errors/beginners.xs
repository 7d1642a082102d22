// The mistakes that the documentation warns beginners of.
function "beginners" {
  input {
    string name
//  ^^^^^^ error: type: there is no type `string`
// help: did you mean `text`?
    integer age
//  ^^^^^^^ error: type: there is no type `integer`
// help: did you mean `int`?
    boolean active
//  ^^^^^^^ error: type: there is no type `boolean`
// help: did you mean `bool`?
    float share
//  ^^^^^ error: type: there is no type `float`
// help: did you mean `decimal`?
    object data
//  ^^^^^^ error: type: `object` needs a schema
// help: write `object data { schema { … } }`, or `json data` for any value
    enum state
//  ^^^^ error: type: `enum` needs its values
// help: write enum state { values = ["a", "b"] }
    text $handle
//       ^^^^^^^ error: syntax: expected a name after the type `text`, found `$handle`
// help: names of inputs and columns have no `$`
    title = "x"
//  ^^^^^ error: syntax: `title` is no type
// help: in `input` each line begins with a type: text title
    text name
//       ^^^^ error: name: `name` is declared twice in this `input`
// help: remove one of the two
  }

  stack {
    conditional {
      if ($input.age > 18) {
        var $response { value = "adult" }
//          ^^^^^^^^^ error: name: `$response` cannot be assigned
// help: this name is reserved; choose another, such as $response_value
      }
      else if ($input.age > 12) {
//    ^^^^^^^ error: syntax: `else if` is one word here
// help: write elseif
        var $input { value = { customer = 1 } }
//          ^^^^^^ error: name: `$input` cannot be assigned
// help: this name is reserved; choose another, such as $input_value
//                                      ^ error: syntax: in an object a colon stands between key and value
// help: write customer: …
      }
      else {
        throw { name = "TooYoung", value = "no" }
//                               ^ warning: syntax: attributes are not separated by commas
// help: put each on a line of its own
      }
    }

    if ($a == 1) {
//  ^^ error: name: there is no statement `if`
// help: write `conditional { if (…) { … } }`
      return $a
//           ^^ error: syntax: `return` takes its value in braces
// help: write return { value = $a }
    }

    while ($a|count > 3) {
//                  ^ error: syntax: a filtered value needs parentheses before `>`
// help: write ($a|count) > …
      each { break }
    }

    foreach ($list) {
      debug.log { value = 1 }
//    ^^^^^^^^^ error: syntax: a statement cannot stand right inside `foreach`
// help: put it into `each as $item { … }`
    }

    foreach ($list) {
      each $item { continue }
//         ^^^^^ error: syntax: expected `as` before the variable
// help: write each as $item { … }
    }

    api.request {
      url = "https://example.com"
      body = $payload
//    ^^^^ error: name: `api.request` has no attribute `body`
// help: the request's body is `params`: write params = …
    } as $result

    var $text { value = $status|to_text ~ " - " ~ $data|json_encode }
//                                      ^ error: syntax: a filtered value needs parentheses before `~`
// help: write ($status|to_text) ~ …
    var $count = 5
//             ^ error: syntax: a variable gets its value in braces
// help: write var $count { value = … }
    $count = 6
//  ^^^^^^ error: syntax: a statement cannot begin with a variable
// help: write var.update $count { value = … } to change it
    let $x = 1
//  ^^^ error: name: there is no statement `let`
// help: write `var $name { value = … }`
//         ^ error: syntax: a variable gets its value in braces
// help: write var $x { value = … }
    db.update "user" { data = {} }
//  ^^^^^^^^^ error: name: there is no statement `db.update`
// help: did you mean `db.edit` or `db.patch`?
    debug.log "hello"
//            ^^^^^^^ error: syntax: `debug.log` takes its value in braces
// help: write debug.log { value = "hello" }
  }

  response = $text
}

function "second" {
//@1 error: syntax: a file holds one construct, unless a line `---` is between them
// help: move this `function` to a file of its own, or write `---` alone on a line before it
}
