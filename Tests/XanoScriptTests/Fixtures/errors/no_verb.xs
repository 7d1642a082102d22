query "no_verb" {
//    ^^^^^^^^^ warning: syntax: a query without a verb is taken to be a GET
// help: write verb=POST behind its name
  stack
}
