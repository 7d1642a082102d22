table "columns" {
  auth = "yes"
//       ^^^^^ error: type: `auth` of a table is true or false
  schema {
    int id
    int id
//      ^^ error: name: `id` is declared twice in this `schema`
// help: remove one of the two
    texts note
//  ^^^^^ error: type: there is no type `texts`
// help: did you mean `text`?
    text[10:1] few
//      ^^^^^^ error: type: the largest number of elements is below the least
    text[ broken
//        ^^^^^^ error: syntax: expected `]`, or bounds such as [1:10], found `broken`
    int
//  ^^^ error: syntax: expected a name after the type `int`
    text a filters=
//         ^^^^^^^ error: syntax: expected a filter after `filters=`
// help: for example filters=trim|min:3
    dblink { }
//  ^^^^^^ error: syntax: `dblink` needs a table
// help: write dblink { table = "…" }
    text b,
//        ^ warning: syntax: `schema` has no commas
// help: put each on a line of its own
    text? c?="x" filters=trim extra
//                            ^^^^^ error: type: there is no type `extra`
  }
  index = [
    {type: "btree"}
//  ^^^^^^^^^^^^^^^ error: syntax: an index needs a type and its fields
// help: write {type: "btree", field: [{name: "…"}]}
    {type: "btree", field: [{op: "asc"}]}
//                          ^^^^^^^^^^^ error: syntax: a field of an index needs its name
// help: write {name: "…"}
    5
//  ^ error: type: `index` has to be an object
// help: write index = { … }
  ]
  indx = []
//@3 error: name: a table has no attribute `indx`
// help: did you mean `index`?
}
