query "" verb=GET {
//    ^^ error: name: the name of a query cannot be empty
  stack
}
