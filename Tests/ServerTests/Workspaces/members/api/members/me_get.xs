query "me" verb=GET {
  api_group = "members"
  auth = "user"

  stack {
    db.get user {
      field_name = "id"
      field_value = $auth.id
      output = ["id", "email", "role"]
    } as $user
  }

  response = {user: $user, role: $auth.extras.role}
}
