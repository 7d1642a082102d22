qery "names" verb=POST {
//@1 error: name: there is no construct `qery`
// help: did you mean `query`?
  stack { anything }
}
