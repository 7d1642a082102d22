query "signup" verb=POST {
  api_group = "members"

  input {
    email email filters=trim|lower
    password password
  }

  stack {
    db.add user {
      data = {email: $input.email, password: $input.password, role: "admin"}
      output = ["id", "email"]
    } as $user
  }

  response = $user
}
