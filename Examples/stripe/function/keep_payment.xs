// Keeps what a `payment_intent.…` event says; other events are answered and left alone.
function "keep_payment" {
  input {
    json event
  }

  stack {
    var $kept {
      value = false
    }

    var $status {
      value = null
    }

    switch ($input.event.type) {
      case ("payment_intent.succeeded") {
        var.update $status {
          value = "succeeded"
        }
      } break

      case ("payment_intent.payment_failed") {
        var.update $status {
          value = "failed"
        }
      } break
    }

    conditional {
      if ($status != null) {
        var $intent {
          value = $input.event.data.object
        }

        // A failed payment may succeed later: one row for each intent, brought up to date.
        db.add_or_edit "payment" {
          field_name = "intent"
          field_value = $intent.id
          data = {
            intent       : $intent.id
            amount       : $intent.amount
            currency     : $intent.currency
            status       : $status
            receipt_email: $intent.receipt_email
            metadata     : $intent.metadata
          }
        } as $payment

        var.update $kept {
          value = true
        }
      }
    }
  }

  response = {received: true, kept: $kept}
}
