api_group "group" {
  canonical = "a/b"
//            ^^^^^ error: syntax: this cannot be a canonical
// help: it is the part of the address behind `/api:`: letters, digits, dashes
  activ = true
//@3 error: name: an api_group has no attribute `activ`
// help: did you mean `active`?
}
