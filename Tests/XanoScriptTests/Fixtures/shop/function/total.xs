function total {
  input {
    json items
  }

  stack {
    var $total { value = 0 }
    foreach ($input.items) {
      each as $line {
        db.get "item" { field_name = "id" field_value = $line.item_id output = ["price"] } as $item
        math.add $total { value = ($item.price ?? 0) * $line.quantity }
      }
    }
  }

  response = $total
}
