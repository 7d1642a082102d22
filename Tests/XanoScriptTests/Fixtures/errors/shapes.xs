// Shapes that Xano refuses.
table "shapes" {
  schema {
    int id
    text name {
//            ^ error: syntax: nothing is said of `name` in these braces
// help: remove them
    }
    text size {
      values = ["a"]
//    ^^^^^^ error: name: a text has no attribute `values`
// help: only an enum has values
      visability = "private"
//    ^^^^^^^^^^ error: name: a text has no attribute `visability`
// help: did you mean `visibility`?
    }
    decimal height {
      description = "In metres"
      unit = "m"
//    ^^^^ error: name: a decimal has no attribute `unit`
    }
  }
  view = {
    "all of them": {sort: {id: "asc"}}
//  ^^^^^^^^^^^^^ error: name: a view needs its `search`
// help: write {search: $db.… == …, sort: {…}}
    "the tall": {search: $db.height > 2, sort: {id: "asc"}}
  }
}
