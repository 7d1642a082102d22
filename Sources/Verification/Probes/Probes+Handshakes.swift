import Cryptography
internal import Values

extension Probes {
    private static let noHandshake = ProbeError.inapplicable("the sender asks no question")

    func handshake(_ index: Int, at time: Int64) throws(ProbeError) -> Probe {
        let handshake = try question(index)
        let message = try question(handshake, token: verifyToken(handshake), at: time)
        guard case .handshake(let answer) = verdict(on: message, at: time) else {
            throw .inapplicable("no question of its form can be made here")
        }
        return Probe(.handshake, message, .answered(answer))
    }

    func wrongVerifyToken(_ index: Int, at time: Int64) throws(ProbeError) -> Probe {
        let handshake = try question(index)
        guard handshake.token != nil else { throw .inapplicable("the question brings no verify token") }
        return Probe(.wrongVerifyToken, try question(handshake, token: Array(try makeID().utf8), at: time), .refused)
    }

    private func question(_ index: Int) throws(ProbeError) -> Handshake {
        let handshakes = rule.profile?.handshakes ?? []
        guard handshakes.indices.contains(index) else { throw Self.noHandshake }
        guard handshakes[index].trust != .enrol else {
            throw .inapplicable("the question brings the secret: postern events enroll waits for that, once")
        }
        return handshakes[index]
    }

    private func verifyToken(_ handshake: Handshake) throws(ProbeError) -> [UInt8] {
        guard handshake.token != nil else { return [] }
        guard let token = verifyTokens.secrets.first else {
            throw .inapplicable("nothing says what the verify token is: name it, verify-token=file:PATH, as POSTERN_VERIFY does")
        }
        return token.bytes
    }

    // MARK: Making one

    private func question(_ handshake: Handshake, token: [UInt8], at time: Int64) throws(ProbeError) -> OutgoingMessage {
        var question = Question(handshake, uri: settings.uri, headers: settings.headers)
        if let place = handshake.token { question.put(token, at: place) }
        if let place = handshake.echo { question.put(try challenge(handshake.shape), at: place) }
        let message = question.message
        guard handshake.trust == .signed else { return message }
        guard let sender else { throw Self.noKey }
        return try signed(message, by: sender, at: time)
    }

    private func challenge(_ shape: ChallengeShape) throws(ProbeError) -> [UInt8] {
        do throws(CryptographyError) {
            let count = min(max(shape.length.lowerBound, 20), shape.length.upperBound)
            return Array(Hexadecimal.encode(try SecureRandom.bytes(count: count)).utf8.prefix(count))
        } catch {
            throw .signing(.library(error.description))
        }
    }
}

/// A request of a handshake's form.
private struct Question {
    private(set) var message: OutgoingMessage
    private var document: SampleDocument?

    init(_ handshake: Handshake, uri: String, headers: [(name: String, value: String)]) {
        message = OutgoingMessage(
            method: handshake.method, uri: uri, headers: headers.map { .init($0.name, $0.value) })
        if handshake.readsJSON { document = SampleDocument() }
        for condition in handshake.conditions {
            switch condition {
            case .equals(.json(let pointer), let text): set(pointer, Self.literal(text))
            case .equals(let place, let text): put(Array((text == "#" ? "17" : text).utf8), at: place)
            case .absent, .keys: break
            }
        }
        print()
    }

    mutating func put(_ bytes: [UInt8], at place: Handshake.Place) {
        switch place {
        case .header(let name): message.headers.append(.init(name, bytes))
        case .query(let name): message.setQuery(name, bytes)
        case .json(let pointer): set(pointer, .text(Text(bytes: bytes)))
        case .form(let name): try? message.setField(name, bytes)
        }
        print()
    }

    private mutating func set(_ pointer: JSONPointer, _ value: Value) {
        if document == nil { document = SampleDocument() }
        document?.set(pointer.text, value)
    }

    private mutating func print() {
        if let document { message.body = document.bytes }
    }

    /// Numbers, [] and {} are those of JSON.
    private static func literal(_ text: String) -> Value {
        switch text {
        case "[]": .array([])
        case "{}": .object([:])
        default: ASCIIDigits.value(text.utf8).map { .integer($0) } ?? .text(Text(text))
        }
    }
}
