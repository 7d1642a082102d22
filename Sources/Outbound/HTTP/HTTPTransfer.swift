import CCurl
import Glibc
import Values

/// What arrives of one request and its answer, and who may be connected to. libcurl's callbacks get it as their context.
final class HTTPTransfer {
    private static let maximumHeaders = 256 << 10

    private let policy: OutboundPolicy
    private let isListed: Bool
    private let answerLimit: Int
    private(set) var body: [UInt8] = []
    private(set) var headers: [(name: String, value: String)] = []
    /// The bound, in bytes, that the answer went past.
    private(set) var exceeded: Int?
    private(set) var refusal: (address: String, reason: String)?
    private var headerBytes = 0

    init(to place: HostAndPort, policy: OutboundPolicy, answerLimit: Int) {
        self.policy = policy
        self.answerLimit = answerLimit
        isListed = policy.lists(place)
    }

    // MARK: Connecting

    /// Whether a connection may be opened: asked for each address that the name resolves to, with the address itself.
    func mayConnect(to address: IPAddress?) -> Bool {
        if isListed { return true }
        guard let address else {
            refusal = ("an address of another family", "not an address of the internet")
            return false
        }
        guard let objection = policy.objection(to: address) else { return true }
        refusal = (address.description, objection)
        return false
    }

    // MARK: Receiving

    func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= answerLimit - body.count else {
            exceeded = answerLimit
            return false
        }
        unsafe body.append(contentsOf: bytes)
        return true
    }

    func receive(header bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.maximumHeaders else {
            exceeded = Self.maximumHeaders
            return false
        }
        let line = unsafe String(decoding: bytes, as: UTF8.self)
        // Another answer begins: what came before was interim (RFC 9110, section 15.2).
        if line.hasPrefix("HTTP/") {
            headers = []
        } else if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) {
            headers.append((String(line[..<colon]), line[line.utf8.index(after: colon)...].trimmed))
        }
        return true
    }

    /// The last value of a header.
    func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name }?.value
    }
}

extension HTTPTransfer {
    /// Makes libcurl call this object, which has to outlive the transfer.
    func install(on handle: CurlHandle) throws(OutboundError) {
        let context = unsafe UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        try unsafe handle.set(CURLOPT_WRITEDATA, pointer: context)
        try unsafe handle.set(CURLOPT_HEADERDATA, pointer: context)
        try unsafe handle.set(CURLOPT_OPENSOCKETDATA, pointer: context)
        try unsafe handle.set(CURLOPT_WRITEFUNCTION, receiver: { data, size, count, context in
            unsafe HTTPTransfer.pass(data, size * count, context) { unsafe $0.receive(body: $1) }
        })
        try unsafe handle.set(CURLOPT_HEADERFUNCTION, receiver: { data, size, count, context in
            unsafe HTTPTransfer.pass(data, size * count, context) { unsafe $0.receive(header: $1) }
        })
        try unsafe handle.setOpener { context, _, socketAddress in
            guard let context = unsafe context, let given = unsafe socketAddress else { return -1 }
            let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
            let wanted = unsafe given.pointee
            guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return -1 }
            // The address is longer than the member that it begins at.
            let address = unsafe IPAddress(UnsafeRawPointer(given) + offset, length: Int(wanted.addrlen))
            guard transfer.mayConnect(to: address) else { return -1 }
            return socket(wanted.family, wanted.socktype | Int32(SOCK_CLOEXEC.rawValue), wanted.protocol)
        }
    }

    /// Any other number than was given ends the transfer.
    private static func pass(
        _ data: UnsafeMutablePointer<CChar>?, _ length: Int, _ context: UnsafeMutableRawPointer?,
        _ body: (HTTPTransfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let data = unsafe data, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
        return unsafe body(transfer, UnsafeRawBufferPointer(start: data, count: length)) ? length : length ^ 1
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a }
        var bytes = utf8[...]
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
