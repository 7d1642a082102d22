task "clean_up" {
  stack {
    db.bulk.delete "order" {
      where = $db.order.created_at < ("now"|timestamp_subtract_days:30)
    } as $count
  }

  schedule {
    events = [
      {starts_on: 2026-01-01 03:00:00+0000, freq: 86400}
    ]
  }
}
