// Says what arrived: the digest of the exact bytes and their number.
query "raw" verb=POST {
  api_group = "probe"

  input {
  }

  stack {
    util.get_raw_input {
      encoding = ""
    } as $raw
  }

  response = {sha256: $raw|sha256, type: $env.$http_headers|get:"Content-Type", method: $env.$request_method, uri: $env.$request_uri}
}
