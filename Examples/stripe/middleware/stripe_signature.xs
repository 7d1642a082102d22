// Verifies Stripe's signature in the stack itself, as one does it where nothing in front can.
// The location then has POSTERN_VERIFY "none", and the secret as POSTERN_ENV_FILE.
middleware "stripe_signature" {
  exception_policy = "critical"
  response_strategy = "merge"

  input {
    json vars
    enum type {
      values = ["pre", "post"]
    }
  }

  stack {
    util.get_raw_input {
      encoding = ""
      exclude_middleware = true
    } as $raw

    var $timestamp {
      value = ""
    }

    var $signatures {
      value = []
    }

    foreach (($env.$http_headers|get:"Stripe-Signature":"")|split:",") {
      each as $item {
        var $pair {
          value = $item|trim|split:"="
        }

        conditional {
          if ($pair[0] == "t") {
            var.update $timestamp {
              value = $pair[1]
            }
          }
          elseif ($pair[0] == "v1") {
            array.push $signatures {
              value = $pair[1]
            }
          }
        }
      }
    }

    var $age {
      value = (now|to_ms) / 1000 - ($timestamp|to_int)
    }

    precondition ($age <= 300 && $age >= -300) {
      error_type = "accessdenied"
      error = "Timestamp outside the tolerance"
    }

    var $expected {
      value = ($timestamp ~ "." ~ $raw)|hmac_sha256:$env.STRIPE_WEBHOOK_SECRET
    }

    precondition ($signatures|some:$$ == $expected) {
      error_type = "accessdenied"
      error = "Signature does not match"
    }
  }

  response = {}
}
