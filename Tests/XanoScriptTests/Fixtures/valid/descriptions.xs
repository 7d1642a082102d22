// Every attribute that an export may have, in each of its spellings.

// Comments before the construct, with empty lines between.
query "orders/{order_id}" verb=PATCH {
  api_group = "orders"
  description = "Changes an order"
  docs = """
    Several lines,
    with "quotation marks".
    """
  auth = "user"
  middleware = {
    pre : [{name: "count"}, {name: "log", disabled: true}]
    post: ["count"]
  }

  input {
    // The order's number.
    int order_id filters=min:1

    // "now" may be sent as text.
    timestamp? changed_at?=now

    text[] labels?
    enum state?=open {
      values = ["open", "closed"]
      description = "How far it is"
      sensitive = false
    }

    // Belongs to nobody else.
    int customer? {
      table = "customer"
      visibility = "internal"
    }

    dblink {
      table = "order"
      override = {
        id        : {hidden: true}
        created_at: {hidden: true}
      }
    }
  }

  stack {
    conditional {
      if ($input.state == "closed") {
      }

      elseif ($input.state == "open") {
      }

      else {
      }
    }
  }

  response = null
  tags = ["orders", admin]
  history = {inherit: false, limit: 100}

  cache = {
    ttl       : 0
    input     : true
    auth      : true
    datasource: true
    ip        : false
    headers   : []
    env       : []
  }

  guid = "AbCdEf-123_45"
}
