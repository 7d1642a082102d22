branch "branch" {
  middleware = {
    query: {pre: "a"}
//               ^^^ error: type: middleware is given as a list of names
// help: write ["name"]
    querys: {pre: ["a"]}
//  ^^^^^^ error: name: middleware cannot be used for `querys`
// help: it is used for query, function, task, tool
    function: {post: [{active: true}]}
//                    ^^^^^^^^^^^^^^ error: type: a middleware needs its name
// help: write {name: "…"}
    task: 5
//        ^ error: type: `middleware` has to be an object
// help: write middleware = { … }
  }
}
