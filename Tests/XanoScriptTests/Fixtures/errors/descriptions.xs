// What describes a construct or a column has a shape too.
query "descriptions" verb=GET {
  api_group = "g"
  description = something
//              ^^^^^^^^^ error: type: `description` has to be a text
// help: write description = "…"
  docs = 123
//       ^^^ error: type: `docs` has to be a text
// help: write docs = "…"
  tags = ["orders", 12, $tag]
//                  ^^ error: type: `tags` is a list of texts
// help: write "…"
//                      ^^^^ error: type: `tags` is a list of texts
// help: write "…"
  history = 1234
//          ^^^^ error: type: `history` cannot be 1234
// help: it is false, "inherit", "all", 0, 100, 1000 or 10000
  cache = {ttl: "long", input: "yes", auth: true, headers: ["X-Name"], env: [1]}
//              ^^^^^^ error: type: `ttl` of the cache is a number of seconds
//                             ^^^^^ error: type: `input` of the cache has to be true or false
//                                                                           ^ error: type: `env` is a list of texts
// help: write "…"

  input {
    text name {
      sensitive = 123
//                ^^^ error: type: `sensitive` has to be true or false
    }
    enum state {
      values = open
//             ^^^^ error: type: `values` is a list
// help: write values = ["a", "b"]
    }
    dblink {
      table = 123
//            ^^^ error: type: `table` has to be a text
// help: write table = "…"
    }
  }

  stack {
  }

  response = null
}
