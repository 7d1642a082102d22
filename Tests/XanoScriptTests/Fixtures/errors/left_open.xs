// What the browser's builder lets stand and exports, and what it means here.
function "left_open" {
  input {
    enum colour {
      values = []
//             ^^ warning: type: an enum without values takes none
    }
  }

  stack {
    precondition () {
//               ^^ warning: syntax: there is no expression here, so it is null
      error = "No"
    }

    var $picture {
      value = ``
//            ^^ warning: syntax: there is no expression here, so it is null
    }

    var $link {
      value = `"/item?id="|concat:`
//                               ^ warning: syntax: no argument follows this colon
// help: write the argument, or remove the `:`
    }

    util.get_vars as $response
//                   ^^^^^^^^^ warning: name: `$response` is a reserved name
// help: this name is reserved; choose another, such as $response_value
    util.get_vars as $output|keys
//                   ^^^^^^^ warning: name: `$output` is a reserved name
// help: this name is reserved; choose another, such as $output_value
    util.get_vars as $input
//                   ^^^^^^ error: name: `$input` cannot be assigned
// help: this name is reserved; choose another, such as $input_value

    var $unchosen {
      value = $[""]
//            ^^^^^ warning: syntax: there is no expression here, so it is null
    }

    var $done { value = true };
//                            ^ warning: syntax: statements and attributes end with their line, without a semicolon
// help: remove the `;`
  }

  response = $
//           ^ warning: syntax: there is no expression here, so it is null
}
