internal import Values

/// A request as handshakes look at it. What is read for one is there for the next.
struct HandshakeContents<Request: SignedRequest> {
    let request: Request
    /// The body as JSON, once somebody has asked for it.
    private(set) var json: Value?
    private var hasRead: Bool

    /// Longer bodies are events: a sender's own handshakes have one or two kilobytes.
    static var maximumBody: Int { 16 << 10 }

    /// - Parameter json: the body, if somebody has read it.
    init(_ request: Request, json: Value? = nil) {
        self.request = request
        self.json = json
        hasRead = json != nil
    }

    /// Whether all that tells the handshake from an event is there.
    mutating func matches(_ handshake: Handshake) -> Bool {
        guard request.method == handshake.method, request.body.count <= Self.maximumBody,
            !handshake.hasNoBody || request.body.isEmpty
        else { return false }
        // What is outside of the body first: most requests end here without its being read.
        for isInside in [false, true] {
            for condition in handshake.conditions where condition.readsBody == isInside {
                guard mayHold(condition), holds(condition) else { return false }
            }
        }
        return true
    }

    /// Whether a look at the places alone leaves it open: almost every body is told from a handshake so, and only what may
    /// be one is read.
    private func mayHold(_ condition: Handshake.Condition) -> Bool {
        guard !hasRead else { return true }
        switch condition {
        case .equals(.json(let pointer), "[]"), .equals(.json(let pointer), "{}"):
            return JSON.isEmpty(at: pointer, in: request.body.span)
        case .equals(.json(let pointer), let expected) where expected != "#":
            return JSON.value(at: pointer, in: request.body.span).map { Self.isEqual($0, expected) } ?? false
        case .keys(let keys):
            return keys.allSatisfy { key in
                JSONPointer("/" + key).map { JSON.hasValue(at: $0, in: request.body.span) } ?? true
            }
        default:
            return true
        }
    }

    private mutating func holds(_ condition: Handshake.Condition) -> Bool {
        switch condition {
        case .absent(let place): return isAbsent(place)
        case .equals(let place, "#"): return value(at: place).flatMap { ASCIIDigits.value($0) } != nil
        case .equals(.json(let pointer), let expected):
            return document.flatMap { pointer.value(in: $0) }.map { Self.isEqual($0, expected) } ?? false
        case .equals(let place, let expected): return value(at: place)?.elementsEqual(expected.utf8) ?? false
        case .keys(let keys):
            guard case .object(let object)? = document, object.count == keys.count else { return false }
            return keys.allSatisfy { object[Text($0)] != nil }
        }
    }

    private static func isEqual(_ value: Value, _ expected: String) -> Bool {
        let isLiteral = expected == "[]" || expected == "{}" || ASCIIDigits.value(expected.utf8) != nil
        return switch value {
        case .text(let text): !isLiteral && text.bytes.elementsEqual(expected.utf8)
        case .integer, .array, .object: isLiteral && JSON.print(value).elementsEqual(expected.utf8)
        default: false
        }
    }

    private mutating func isAbsent(_ place: Handshake.Place) -> Bool {
        switch place {
        case .header(let name): request.values(ofHeader: name).isEmpty
        case .query(let name): (try? QueryString(of: request.uri).values(of: name).isEmpty) ?? false
        case .json(let pointer): document.flatMap { pointer.value(in: $0) } == nil
        case .form: false
        }
    }

    /// The one text at a place; nil if there is none, or more than one.
    mutating func value(at place: Handshake.Place) -> [UInt8]? {
        switch place {
        case .header, .query: return (try? place.carrier.optionalValue(in: request)) ?? nil
        case .json(let pointer):
            guard case .text(let text)? = document.flatMap({ pointer.value(in: $0) }) else { return nil }
            return text.bytes
        case .form(let name):
            guard let fields = try? RequestContents(request, readsForm: true, document: nil).fields, fields.count == 1,
                fields[0].name.elementsEqual(name.utf8)
            else { return nil }
            return fields[0].value
        }
    }

    private var document: Value? {
        mutating get {
            if !hasRead {
                hasRead = true
                json = EventIdentity.json(request.body)
            }
            return json
        }
    }
}

extension Handshake.Condition {
    fileprivate var readsBody: Bool {
        switch place {
        case .json?, .form?, nil: true
        case .header?, .query?: false
        }
    }
}
