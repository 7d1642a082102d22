query "entries" verb=FETCH {
//                   ^^^^^ error: name: there is no verb `FETCH`
// help: the verbs are GET, POST, PUT, PATCH, DELETE and HEAD
  api_group = $group
//            ^^^^^^ error: type: `api_group` has to be a text
// help: write api_group = "…"
  respons = $x
//@3 error: name: a query has no attribute `respons`
// help: did you mean `response`?
  description: "x"
//           ^ error: syntax: an attribute has `=` between its name and its value
// help: write description = …; a colon stands in objects
  stak {
//@3 error: name: there is no block `stak` in `query`
// help: did you mean `stack`?
    db.add "a" { data = {} }
//  ^^^^^^ error: syntax: a statement cannot stand right inside `stak`
// help: put it into `stack { … }`
  }

  stack {
    db.ad "user" {
//  ^^^^^ error: name: there is no statement `db.ad`
// help: did you mean `db.add`?
      data = {}
      data = {}
//    ^^^^ error: name: `data` is set twice in this `db.add`
// help: remove one of the two
    } as $user.id
//            ^ error: syntax: a result goes to a whole variable
// help: use var.update to change a part of one

    db.transaction {
      db.add "a" { data = {} }
//    ^^^^^^ error: syntax: a statement cannot stand right inside `db.transaction`
// help: put it into `stack { … }`
    }

    conditional {
      iff ($a) { }
//    ^^^ error: name: there is no block `iff` in `conditional`
// help: did you mean `if`?
      var $x { value = 1 }
//    ^^^ error: syntax: a statement cannot stand right inside `conditional`
// help: put it into `if (…) { … }`
    }

    var $x { value: 1 }
//                ^ error: syntax: an attribute has `=` between its name and its value
// help: write value = …; a colon stands in objects
    var $y { value = }
//                   ^ error: syntax: expected a value, found `}`
    var { value = 1 }
    db.get "a" "b" { }
//  ^^^^^^^^^^^^^^ error: syntax: `db.get` has two subjects
// help: one name, one variable or one `(…)` stands between its name and the brace
    util.sleep { value 5 }
//                     ^ error: syntax: expected `=` or `{` after `value`, found `5`
    = 5
//  ^ error: syntax: expected a statement, found `=`
    util.sleep { value = 5; }
//                        ^ warning: syntax: statements and attributes end with their line, without a semicolon
// help: remove the `;`
  }

  stack { }
//@3 error: name: there are two blocks `stack`
// help: join the two
  middleware = {before: [1]}
//              ^^^^^^ error: name: middleware is `pre` or `post`
// help: write {pre: ["name"], post: ["name"]}
  test { }
//@3 error: syntax: a test needs a name
// help: write test "what it shows" { … }
  test "one" { expect.to_equal ($response) { value = 1 } }
  test "one" { expect.to_equl ($response) { value = 1 } }
//     ^^^^^ error: name: there are two tests of this name
// help: give each a name of its own
//             ^^^^^^^^^^^^^^ error: name: there is no statement `expect.to_equl`
// help: did you mean `expect.to_equal`?
}
