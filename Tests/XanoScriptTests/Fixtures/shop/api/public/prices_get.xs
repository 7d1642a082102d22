query "prices" verb=GET {
  input
  stack {
    db.query "item" as $items

    var $prices {
      value = {}
    }

    foreach ($items) {
      each as $item {
        conditional {
          // Without a price it is not for sale.
          if ($item.price == null) {
            continue
          }
          elseif (($item.price|to_int) <= 0)
          else {
            var.update $prices {
              value = $prices|set:$item.name:$item.price
            }
          }
        }
      }
    }
  }

  response = $prices
}
