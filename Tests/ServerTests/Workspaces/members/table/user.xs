table "user" {
  auth = true

  schema {
    int id
    email email filters=trim|lower
    password password filters=min:8|minAlpha:1|minDigit:1 {
      sensitive = true
    }
    text role?="member"
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "email"}]}
  ]
}
