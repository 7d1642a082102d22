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
    foreach $list as $item { break }
//          ^^^^^ error: syntax: `foreach` needs parentheses around what it works on
// help: write foreach ($list)
//                         ^ error: syntax: `as` stands behind the braces of `foreach`
// help: write foreach (…) { each as $item { … } }
    foreach ($list) as $item { break }
//                           ^ error: syntax: `as` stands behind the braces of `foreach`
// help: write foreach (…) { each as $item { … } }
    while $a { each { break } }
//        ^^ error: syntax: `while` needs parentheses around what it works on
// help: write while ($a)
    db.get "user" as $user { field_name = "id" }
//                         ^ error: syntax: `as` stands behind the braces of `db.get`
// help: write db.get { … } as $user
    var $e { value = 1 }

  response = $a
//@3 error: syntax: expected `}`, found `response`
// help: it closes the `{` of line 2
}
