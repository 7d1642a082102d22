import CCurl

/// A handle of libcurl with the connections that it keeps. One thread at a time uses it.
@safe final class CurlHandle {
    let curl: CurlLibrary
    private let handle: UnsafeMutableRawPointer
    private var list: UnsafeMutableRawPointer?

    init() throws(OutboundError) {
        curl = try CurlLibrary.shared.get()
        guard let handle = unsafe curl.initialise() else { throw .failed("", "libcurl gave no handle") }
        unsafe self.handle = handle
    }

    deinit {
        unsafe curl.cleanUp(handle)
        if let list = unsafe list { unsafe curl.freeList(list) }
    }

    /// Forgets all options; connections are kept.
    func reset() {
        unsafe curl.reset(handle)
        if let list = unsafe list { unsafe curl.freeList(list) }
        unsafe list = nil
    }

    // MARK: Options

    func set(_ option: CURLoption, _ number: Int) throws(OutboundError) {
        try check(unsafe postern_curl_set_long(curl.setOption, handle, option, number))
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ text: String) throws(OutboundError) {
        try check(unsafe text.withCString { unsafe postern_curl_set_pointer(curl.setOption, handle, option, $0) })
    }

    /// libcurl copies the bytes.
    func set(_ option: CURLoption, blob: [UInt8]) throws(OutboundError) {
        try check(unsafe blob.withUnsafeBytes { bytes in
            unsafe postern_curl_set_blob(curl.setOption, handle, option, bytes.baseAddress, bytes.count)
        })
    }

    /// What it points to has to outlive the transfer.
    func set(_ option: CURLoption, pointer: UnsafeRawPointer?) throws(OutboundError) {
        try check(unsafe postern_curl_set_pointer(curl.setOption, handle, option, pointer))
    }

    func set(_ option: CURLoption, receiver: postern_curl_receive) throws(OutboundError) {
        try check(unsafe postern_curl_set_receiver(curl.setOption, handle, option, receiver))
    }

    func setOpener(_ opener: curl_opensocket_callback) throws(OutboundError) {
        try check(unsafe postern_curl_set_opener(curl.setOption, handle, opener))
    }

    /// libcurl copies the bytes.
    func set(body: [UInt8]) throws(OutboundError) {
        try check(unsafe postern_curl_set_size(curl.setOption, handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        try check(unsafe body.withUnsafeBytes { bytes in
            unsafe postern_curl_set_pointer(
                curl.setOption, handle, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(handle))
        })
    }

    /// Lines `Name: value`, `Name;` for an empty one, `Name:` for none at all.
    func set(headers: [String]) throws(OutboundError) {
        for line in headers {
            guard let longer = unsafe curl.append(list, line) else { throw .failed("", "out of memory") }
            unsafe list = longer
        }
        try unsafe set(CURLOPT_HTTPHEADER, pointer: UnsafeRawPointer(list))
    }

    // MARK: Transfer

    /// The address and the transfer live until it has ended.
    func perform(_ address: WebAddress, _ transfer: HTTPTransfer) throws(OutboundError) -> CURLcode {
        try transfer.install(on: self)
        try check(unsafe address.withHandle { unsafe postern_curl_set_pointer(curl.setOption, handle, CURLOPT_CURLU, $0) })
        return withExtendedLifetime((address, transfer)) { unsafe curl.perform(handle) }
    }

    /// The connection's socket, once there is one.
    var socket: Int32? {
        var socket: Int32 = -1
        return unsafe postern_curl_get_socket(curl.getFact, handle, &socket) == CURLE_OK && socket >= 0 ? socket : nil
    }

    /// Sends bytes as they are over a connection that was only opened.
    ///
    /// - Returns: how many were sent, 0 if none can be just now; nil if the connection is gone.
    func send(_ bytes: ArraySlice<UInt8>) -> Int? {
        var count = 0
        let code = unsafe bytes.withUnsafeBytes { unsafe curl.send(handle, $0.baseAddress, $0.count, &count) }
        return code == CURLE_OK ? count : code == CURLE_AGAIN ? 0 : nil
    }

    /// Receives bytes as they are over a connection that was only opened.
    ///
    /// - Returns: nothing if there is nothing just now; nil if the connection is gone.
    func receive(atMost limit: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        let code = unsafe bytes.withUnsafeMutableBytes { unsafe curl.receive(handle, $0.baseAddress, $0.count, &count) }
        switch code {
        case CURLE_OK: return count > 0 ? Array(bytes[..<count]) : nil
        case CURLE_AGAIN: return []
        default: return nil
        }
    }

    var status: Int {
        var status = 0
        _ = unsafe postern_curl_get_long(curl.getFact, handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    func message(of code: CURLcode) -> String {
        unsafe curl.message(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
    }

    private func check(_ code: CURLcode) throws(OutboundError) {
        switch code {
        case CURLE_OK: break
        case CURLE_OUT_OF_MEMORY: throw .failed("", "out of memory")
        default: throw .oldLibrary
        }
    }
}
