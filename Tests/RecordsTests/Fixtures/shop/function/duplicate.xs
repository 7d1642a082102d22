function "duplicate" {
  input {
  }

  stack {
    try_catch {
      try {
        db.add customer {
          data = {name: "Another", email: "ada@example.com"}
        } as $customer
      }
      catch {
        var $message {
          value = $error.message
        }
      }
    }
  }

  response = $message
}
