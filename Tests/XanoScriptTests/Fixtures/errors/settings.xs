middleware "settings" {
  exception_policy = "loud"
//                   ^^^^^^ error: name: `exception_policy` cannot be "loud"
// help: it is "silent" or "rethrow" or "critical"
  response_strategy = replace
  input
  stack
  cron = "x"
//@3 error: name: a middleware has no attribute `cron`
}
