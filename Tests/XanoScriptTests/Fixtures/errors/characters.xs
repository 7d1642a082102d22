function "characters" {
  stack {
    debug.log { value = “curly” }
//                      ^ error: syntax: expected a value, found `“`
// help: write the straight quotation mark "
    # a comment of another language
//  ^ error: syntax: a comment begins with //, and ends with its line
// help: write // before each line of it
    debug.log { value = $a && & $b }
//                            ^ error: syntax: expected a value, found `&`
// help: write `&&` for "and"; for bits there is the filter bitwise_and
    debug.log { value = 2 ^ 3 };
//                        ^ error: syntax: there is no operator `^`
// help: for powers there is the filter pow, for bits the filter bitwise_xor
//                             ^ warning: syntax: statements and attributes end with their line, without a semicolon
// help: remove the `;`
    debug.log { value = $ name }
//                      ^ error: syntax: expected a value, found `$`
// help: write the variable's name right behind the `$`
    debug.log { value = 12345678901234567890 }
//                      ^^^^^^^^^^^^^^^^^^^^ error: type: this whole number does not fit into 64 bits
// help: write it as a text, or with a decimal point
  }
}
