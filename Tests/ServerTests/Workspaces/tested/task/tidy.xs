task "tidy" {
  stack {
    db.bulk.delete "item" { where = $db.item.qty == 0 } as $n
    return { value = $n }
  }
  schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: 86400}]
}
