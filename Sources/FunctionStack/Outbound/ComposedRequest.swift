import Values

/// An `api.request` while it takes shape, and what its stack gets of the answer.
struct ComposedRequest {
    static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
    /// Of what is sent, in bytes.
    static let maximumBody = 16 << 20
    private static let maximumHeaders = 64 << 10
    /// Seconds that a request may take when its stack says none.
    private static let standardMilliseconds: Int64 = 10_000

    let method: String
    private(set) var url: Text
    private let parameters: Value
    private var headers: [OutboundHeader] = []
    private(set) var body: [UInt8]?
    var milliseconds: Int64 = 0
    var followsRedirects = true
    var certificates = OutboundCertificates()

    init(method: String, url: Text, parameters: Value) {
        self.method = method
        self.url = url
        self.parameters = parameters
    }

    // MARK: Headers

    /// Takes a list of `Name: value`.
    mutating func setHeaders(_ value: Value, for user: String) throws {
        guard value != .null, value != "" else { return }
        guard case .array(let lines) = value else {
            throw StackError.wrongType(
                "The headers of \(user)", expected: "a list", got: value, remedy: "write [\"Name: value\"]")
        }
        var size = 0
        for line in lines where line != .null && line != "" {
            let header = try Self.header(line.text, for: user)
            size += line.text.byteCount
            guard size <= Self.maximumHeaders else {
                throw StackError.mistake("The headers of \(user) are longer than \(Self.maximumHeaders) bytes")
            }
            if !Self.ownHeaders.contains(header.name.string.lowercased()) { headers.append(header) }
        }
    }

    private static func header(_ line: Text, for user: String) throws -> OutboundHeader {
        guard let colon = line.firstIndex(of: ":") else {
            throw StackError.mistake("A header of \(user) is 'Name: value'")
        }
        let name = line.slice(0..<colon).string.trimmedOfWhiteSpace
        let value = Text(line.slice(colon + 1..<line.byteCount).string.trimmedOfWhiteSpace)
        guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
            throw StackError.mistake("The name of a header of \(user) consists of letters, digits and !#$%&'*+-.^_`|~")
        }
        guard value.string.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
            throw StackError.mistake("The header \(name) of \(user) holds a control character, such as the end of a line")
        }
        return OutboundHeader(Text(name), value)
    }

    /// What frames the message, belongs to one connection (RFC 9110, section 7.6.1) or is agreed on with the server:
    /// requests copied from elsewhere have them, and they are made anew for each.
    private static let ownHeaders: Set<String> = [
        "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "te", "trailer",
        "upgrade", "expect", "accept-encoding", "proxy-authorization",
    ]

    // MARK: Body

    /// Puts the parameters where the method has them: in the address, or in the body.
    mutating func encode(user: String, randomBytes: (Int) -> [UInt8]) throws {
        if method == "GET" || method == "HEAD" { return try encodeQuery(user) }
        let type = headers.last { $0.name.string.lowercased() == "content-type" }?.value
        let isNothing = parameters == .null || parameters == "" || (method == "DELETE" && parameters.isEmptyContainer)
        guard !isNothing else { return }
        let encoded = try ParameterEncoding(parameters, type: type, limit: Self.maximumBody)
            .encoded(randomBytes: randomBytes)
        guard encoded.body.count <= Self.maximumBody else { throw StackError.tooLargeToSend(Self.maximumBody) }
        if encoded.type != type {
            headers.removeAll { $0.name.string.lowercased() == "content-type" }
            headers.append(OutboundHeader("Content-Type", encoded.type))
        }
        body = encoded.body
    }

    private mutating func encodeQuery(_ user: String) throws {
        var query = Text()
        switch parameters {
        case .null: break
        case .object, .array: query = try FormEncoding(limit: Self.maximumBody).encode(parameters)
        case .text(let text): query = text
        default: throw StackError.wrongType("The params of \(user)", expected: "an object", got: parameters)
        }
        guard !query.isEmpty else { return }
        var address = url
        if let hash = address.firstIndex(of: "#") { address = address.slice(0..<hash) }
        let mark = address.firstIndex(of: "?")
        if mark == nil { address.append("?") } else if mark != address.byteCount - 1 { address.append("&") }
        address.append(query)
        url = address
    }

    // MARK: Exchange

    /// Sends it within the time that the run has left.
    func send(_ outbound: any OutboundEffects, _ run: Run) throws -> OutboundAnswer {
        try run.checkTime()
        let wanted = milliseconds > 0 ? milliseconds : Self.standardMilliseconds
        let request = OutboundRequest(
            method: method, url: url, headers: headers, body: body, milliseconds: max(1, min(wanted, run.timeLeft)),
            followsRedirects: followsRedirects, certificates: certificates)
        do {
            return try outbound.send(request)
        } catch {
            // Whose time was up decides: nobody catches the end of the run's own.
            try run.checkTime()
            throw error
        }
    }

    /// `{request {url, method, headers, params}, response {headers, result, status}}`
    func result(of answer: OutboundAnswer) -> Value {
        let request: Object = [
            "url": .text(url), "method": .text(method), "headers": .array(headers.map(\.line)), "params": parameters,
        ]
        let response: Object = [
            "headers": .array(answer.headers.map(\.line)), "result": answer.result,
            "status": .integer(Int64(answer.status)),
        ]
        return .object(["request": .object(request), "response": .object(response)])
    }
}

extension OutboundHeader {
    /// `Name: value`
    fileprivate var line: Value { .text(Text("\(name): \(value)")) }
}

extension OutboundAnswer {
    /// The last value of a header.
    func header(_ name: String) -> Text? {
        headers.last { $0.name.string.lowercased() == name }?.value
    }

    /// JSON where the body is JSON, else text.
    var result: Value {
        guard let start = body.firstIndex(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) else { return "" }
        let first = body[start]
        let type = header("content-type").flatMap { MediaType($0.string) }
        let saysSo = type.map { $0.subtype == "json" || $0.subtype.hasSuffix("+json") } ?? false
        guard saysSo || first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let value = try? JSON.parse(body) else {
            return .text(Text(bytes: body))
        }
        return value
    }
}

extension Value {
    fileprivate var isEmptyContainer: Bool {
        switch self {
        case .array(let items): items.isEmpty
        case .object(let object): object.isEmpty
        default: false
        }
    }
}

extension StackError {
    static func tooLargeToSend(_ limit: Int) -> StackError {
        .mistake("The body of a request is at most \(limit) bytes")
    }
}
