import CCurl

/// One HTTP request as the operator sends it from the command line: the address is taken as given, redirects are not
/// followed, TLS is verified, and proxies of the environment are ignored.
package struct HTTPRequest: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Seconds for the whole exchange.
    package var timeLimit = 60
    /// Bytes of the answer's body.
    package var answerLimit = 16 << 20

    package init(method: String = "POST", url: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    package struct Answer: Sendable {
        package var status: Int
        package var body: [UInt8]
    }

    /// Collects what arrives, as far as it may.
    private final class Received {
        var bytes: [UInt8] = []
        let limit: Int

        init(limit: Int) {
            self.limit = limit
        }
    }

    /// Sends the request and waits for the whole answer.
    package func send() throws(OutboundError) -> Answer {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { throw .failed("\(url) is neither http:// nor https://") }
        let curl = try CurlLibrary.shared.get()
        guard let handle = unsafe curl.initialise() else { throw .failed("libcurl gave no handle") }
        defer { unsafe curl.cleanUp(handle) }
        var list: UnsafeMutableRawPointer?
        defer { if let list = unsafe list { unsafe curl.freeList(list) } }
        // Empty ones take away what libcurl adds by itself.
        for (name, value) in headers + [("Expect", ""), ("Accept", "")] {
            guard (name + value).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw .unusableHeader(name) }
            unsafe list = curl.append(list, value.isEmpty ? "\(name):" : "\(name): \(value)")
        }
        let received = Received(limit: answerLimit)
        let result = unsafe body.withUnsafeBytes { bytes in
            unsafe perform(curl, handle, list, bytes, received)
        }
        guard received.bytes.count <= answerLimit else { throw .answerTooLarge(answerLimit) }
        guard result == CURLE_OK else {
            let text = unsafe curl.message(result).map { unsafe String(cString: $0) } ?? "error \(result.rawValue)"
            throw .failed(text)
        }
        var status = 0
        _ = unsafe postern_curl_get_long(curl.getFact, handle, CURLINFO_RESPONSE_CODE, &status)
        return Answer(status: status, body: received.bytes)
    }

    private func perform(
        _ curl: CurlLibrary, _ handle: UnsafeMutableRawPointer, _ list: UnsafeMutableRawPointer?,
        _ bytes: UnsafeRawBufferPointer, _ received: Received
    ) -> CURLcode {
        let set = unsafe curl.setOption
        unsafe url.withCString { _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_URL, $0) }
        unsafe method.withCString { _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_CUSTOMREQUEST, $0) }
        _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_PROXY, "")
        _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = unsafe postern_curl_set_long(set, handle, CURLOPT_TIMEOUT, timeLimit)
        _ = unsafe postern_curl_set_long(set, handle, CURLOPT_NOSIGNAL, 1)
        _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_HTTPHEADER, list)
        if unsafe !bytes.isEmpty || method == "POST" {
            _ = unsafe postern_curl_set_size(set, handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
            _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_POSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(handle))
        }
        let context = unsafe Unmanaged.passUnretained(received).toOpaque()
        _ = unsafe postern_curl_set_pointer(set, handle, CURLOPT_WRITEDATA, context)
        _ = unsafe postern_curl_set_receiver(set, handle, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            guard let data = unsafe data, let context = unsafe context else { return 0 }
            let received = unsafe Unmanaged<Received>.fromOpaque(context).takeUnretainedValue()
            let length = size * count
            unsafe received.bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: length))
            // Any other number than was given ends the transfer.
            return received.bytes.count <= received.limit ? length : 0
        }
        return withExtendedLifetime(received) { unsafe curl.perform(handle) }
    }
}
