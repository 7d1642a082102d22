extension Response {
    /// The header part as CGI/1.1 wants it (RFC 3875 section 6), with its closing empty line:
    /// exactly one `Status`, first; then the headers; then the body's length.
    func head() -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(headers.reduce(96) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 })
        head.append(contentsOf: "Status: ".utf8)
        Self.append(status, to: &head)
        head.append(UInt8(ascii: " "))
        head.append(contentsOf: reason.utf8)
        for header in headers {
            head.append(contentsOf: "\r\n".utf8)
            head.append(contentsOf: header.name.utf8)
            head.append(contentsOf: ": ".utf8)
            head.append(contentsOf: header.value.utf8)
        }
        if !hasNoBody {
            head.append(contentsOf: "\r\nContent-Length: ".utf8)
            Self.append(body.count, to: &head)
        }
        head.append(contentsOf: "\r\n\r\n".utf8)
        return head
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// The reason phrase of the status (RFC 9110 section 15, RFC 6585); of a class where it has none.
    private var reason: String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 200...299: "Success"
        case 300...399: "Redirect"
        case 400...499: "Client Error"
        default: "Server Error"
        }
    }
}
