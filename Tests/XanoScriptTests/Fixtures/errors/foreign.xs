// What other languages write differently: each is told with the way it is written here.
function "foreign" {
  input {
    text name
    int count?
  }
  stack {
    # a comment of other languages
//  ^ error: syntax: a comment begins with //, and ends with its line
// help: write // before each line of it
    /* and a comment of
//  ^^ error: syntax: a comment begins with //, and ends with its line
// help: write // before each line of it
       two lines */
    var $a { value = 1 }
    $a += 1
//  ^^ error: syntax: a statement cannot begin with a variable
// help: write math.add $a { value = … }
    $a++
//  ^^ error: syntax: a statement cannot begin with a variable
// help: write math.add $a { value = 1 }
    $a -= 1
//  ^^ error: syntax: a statement cannot begin with a variable
// help: write math.sub $a { value = … }
    $a.b ~= "x"
//  ^^^^ error: syntax: a statement cannot begin with a variable
// help: write text.append $a.b { value = … }
    $list.push(1)
//  ^^^^^^^^^^ error: syntax: values have no methods
// help: write array.push $list { value = … }
    $list.sort()
//  ^^^^^^^^^^ error: syntax: values have no methods
// help: use a statement, or a filter: $list|sort
    $a = 3
//  ^^ error: syntax: a statement cannot begin with a variable
// help: write var.update $a { value = … } to change it
    var.update $a { value += 1 }
//                        ^^ error: syntax: an attribute gets its value by `=` alone
// help: write value = … + …, with the old value before the operator
    conditional {
      if ($a = 1) {
//           ^ error: syntax: there is no operator `=`
// help: write == to compare
        debug.log { value = "x" };
//                               ^ warning: syntax: statements and attributes end with their line, without a semicolon
// help: remove the `;`
      }
      elif ($a == 2) {
//    ^^^^ error: name: there is no block `elif` in `conditional`
// help: did you mean `elseif`?
      }
    }
    conditional {
      if ($a == 1 and $input.count > 2 or not $a) {
//                ^^^ error: syntax: there is no operator `and`
// help: write &&
//                                     ^^ error: syntax: there is no operator `or`
// help: write ||
//                                        ^^^ error: syntax: there is no operator `not`
// help: write !
      }
    }
    conditional {
      if ($a is null) {
//           ^^ error: syntax: there is no operator `is`
// help: write ==
      }
    }
    conditional {
      if ($a === undefined) {
//               ^^^^^^^^^ error: syntax: `undefined` is no value
// help: write null
      }
    }
    var $b { value = `hello ${$a}` }
//                   ^^^^^^^^^^^^^ error: syntax: values are not put into a text between backticks
// help: join them: "text " ~ $value ~ " text"
    var $b2 { value = "hello ${$a}" }
    var $c { value = $input.name ?: "x" }
//                               ^^ error: syntax: there is no operator `?:`
// help: write ?? for what is null, || for what is null, false, 0 or empty
    var $d { value = $list|map:(x => x.id) }
//                                ^ error: syntax: expected `)`, found `=`
// help: what is done for each element is an expression with $$ in it: |map:$$.id
    var $e { value = { "k" => 1 } }
//                         ^ error: syntax: in an object a colon stands between key and value
// help: write "k": …
    var $g { value = $list.length }
    var $h { value = $list.push(1) }
//                         ^^^^ error: syntax: values have no methods
// help: use a filter: $list|push
    var $i { value = None }
//                   ^^^^ error: syntax: `None` is no value
// help: write null
    var $j { value = undefined }
//                   ^^^^^^^^^ error: syntax: `undefined` is no value
// help: write null
    var $k { value = True }
//                   ^^^^ error: syntax: `True` is no value
// help: write true
    var $l { value = name }
//                   ^^^^ error: syntax: `name` is no value
// help: write "name" for a text, $name for a variable
    debug.log { value = $a == active }
//                            ^^^^^^ warning: syntax: `active` is taken for the text "active"
// help: write "active" for a text, $active for a variable
    debug.log { value = (active) }
//                       ^^^^^^ error: syntax: `active` is no value
// help: write "active" for a text, $active for a variable
    redis.get { key = "a" } as x
//                             ^ warning: syntax: a variable's name begins with `$`
// help: write as $x
    var $m { value = $a <> 1 }
//                      ^^ error: syntax: there is no operator `<>`
// help: write != for "not equal"
    var $n { value = $a ** 2 }
//                      ^^ error: syntax: there is no operator `**`
// help: for powers there is the filter pow: $value|pow:2
    var $o { value = "a" . "b" }
//                       ^ error: syntax: there is no operator `.`
// help: texts are joined by ~
    var $p { value = "a" + $a }
    var $q { value = $a?.name }
//                     ^^ error: syntax: there is no operator `?.`
// help: write a point alone: what is missing reads as null
    var $r { value = new Date() }
//                   ^^^ error: syntax: `new` is no value
// help: a value is a literal, a variable with its path, or one of these with filters
    var $s { value = len($list) }
//                   ^^^ error: name: there is no function `len` that can be called in an expression
// help: use a filter, `$value|name:argument`, or the statement function.run before it
    var $t { value = $a & 1 }
//                      ^ error: syntax: there is no operator `&`
// help: write && for "and"; for bits there is the filter bitwise_and
    var $u { value = !$a|is_null }
    var $v { value = $a|default("x") }
//                             ^ error: syntax: the arguments of a filter stand behind colons
// help: write |default:…
    var $w { value = $a|count() }
//                           ^ error: syntax: the arguments of a filter stand behind colons
// help: write |count
    var $x { value: 1 }
//                ^ error: syntax: an attribute has `=` between its name and its value
// help: write value = …; a colon stands in objects
    var $z = 1
//         ^ error: syntax: a variable gets its value in braces
// help: write var $z { value = … }
    for (i = 0; i < 3; i++) { }
//         ^ error: syntax: the variable of `for` stands before the braces of its `each`
// help: write for (…) { each as $index { … } }
    foreach ($list as $item) { }
//                 ^^ error: syntax: the variable of `foreach` stands before the braces of its `each`
// help: write foreach ($list) { each as $item { … } }
    for $i in $list { }
//         ^^ error: syntax: the variable of `for` stands before the braces of its `each`
// help: write foreach ($list) { each as $i { … } }
    a = 5
//  ^ error: syntax: an attribute cannot stand among statements
// help: write var $a { value = 5 } for a variable
    var $aa { value = [1, 2, 3,] }
    var $ab { value = {a: 1, b: 2,} }
    var $ac { value = $a and $b }
//                       ^^^ error: syntax: there is no operator `and`
// help: write &&
  }
  response = $a
}
