extension SenderCatalogue {
    /// Those that sign nothing and send no secret, but publish the addresses that they send from.
    static let unsignedSenders = """
        mollie  Mollie (classic webhooks)
          scheme        ip
          object-id     form:id
          content-type  application/x-www-form-urlencoded
          addresses     text https://ip-ranges.mollie.com/ips.txt
          source        https://docs.mollie.com/reference/webhooks
          source        https://help.mollie.com/hc/en-us/articles/213470829-Which-IP-addresses-does-Mollie-use
          confidence    primary
          note          Only the id of a payment or of something else comes: ask Mollie's API for its state, and believe that.
          note          Mollie changes its addresses without notice, and every customer's webhooks come from them.
        """
}
