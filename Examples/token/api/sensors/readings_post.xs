// A device that can send a token and nothing better.
query "readings" verb=POST {
  api_group = "sensors"

  input {
    text sensor filters=trim|min:1
    decimal celsius filters=min:-90|max:60
  }

  stack {
    db.add "reading" {
      data = {sensor: $input.sensor, celsius: $input.celsius}
    } as $reading

    db.query "reading" {
      where = $db.reading.sensor == $input.sensor
      return = {type: "count"}
    } as $count
  }

  response = {reading: $reading.id, of_this_sensor: $count}
}
