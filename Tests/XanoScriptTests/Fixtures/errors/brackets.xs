query "brackets" verb=POST {
  stack {
    var $a { value = [1, 2 }
//                         ^ error: syntax: expected `]`, found `}`
    var $b { value = (1 + 2 }
//                          ^ error: syntax: expected `)`, found `}`
    var $c { value = {a: 1, b: [2, 3} }
//                                  ^ error: syntax: expected `]`, found `}`
    var $d { value = 4 ] }
//                     ^ error: syntax: expected `}`, found `]`
    precondition ($a) && ($b) { error = "x" }
//                    ^^ error: syntax: the whole expression of `precondition` stands in one pair of parentheses
// help: write precondition (($a) && …)
    precondition $a == 1 { error = "x" }
//                  ^^ error: syntax: the whole expression of `precondition` stands in one pair of parentheses
// help: write precondition ($a == …)
    conditional {
      if $a == 1 { break }
//       ^^^^^^^ error: syntax: `if` needs parentheses around its condition
// help: write if ($a == 1)
      elseif ($a) && ($b) { break }
//                ^^ error: syntax: the whole expression of `elseif` stands in one pair of parentheses
// help: write elseif (($a) && …)
    }
    switch ($a) {
      case "x" { break } break
//         ^^^ error: syntax: `case` needs parentheses around its value
// help: write case ("x")
    }
    var $e { value = 1 }

  response = $a
//@3 error: syntax: expected `}`, found `response`
// help: it closes the `{` of line 2
}
