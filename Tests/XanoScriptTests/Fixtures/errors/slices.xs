// Slices count from the beginning, middleware has a name.
query "slices" verb=GET {
  middleware = {}
//             ^^ error: syntax: no middleware is named here
// help: write {pre: ["name"]}, or remove it
  stack {
    var $a { value = $list[-1:] }
//                         ^^ error: type: a slice counts from the beginning, so -1 is no bound of it
// help: for the end there is the filter slice: $list|slice:-2
    var $b { value = $list[:-2] }
//                          ^^ error: type: a slice counts from the beginning, so -2 is no bound of it
// help: for the end there is the filter slice: $list|slice:-2
    var $c { value = $list[3:1] }
//                           ^ error: type: the slice ends before it begins
    var $d { value = $list[1:3] }
  }
  response = nothing
//           ^^^^^^^ error: syntax: `nothing` is no value
// help: write "nothing" for a text, $nothing for a variable
}
