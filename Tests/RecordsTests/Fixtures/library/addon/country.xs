addon country {
  input {
    int country_id?
  }

  stack {
    db.query country {
      where = $db.country.id == $input.country_id
      return = {type: "single"}
    }
  }
}
