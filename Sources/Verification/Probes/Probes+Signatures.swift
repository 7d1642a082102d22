extension Probes {
    func otherSecret(at time: Int64) throws(ProbeError) -> Probe {
        let versions = try versions(at: time)
        return probe(.otherSecret, versions.wrong, .refused, versions)
    }

    func forged(at time: Int64) throws(ProbeError) -> Probe {
        let versions = try versions(at: time)
        guard let right = versions.right else { throw Self.noKey }
        return probe(.forged, versions.carriers.mixed(right, with: versions.wrong), .refused, versions)
    }

    func missing(at time: Int64) throws(ProbeError) -> Probe {
        let versions = try versions(at: time)
        let message = versions.carriers.removed(from: versions.right ?? versions.wrong, unsigned: versions.unsigned)
        return probe(.missing, message, .refused, versions)
    }

    func empty(at time: Int64) throws(ProbeError) -> Probe {
        let versions = try versions(at: time)
        guard !versions.carriers.isInBody else { throw Self.inBody }
        return probe(.empty, versions.carriers.emptied(in: versions.right ?? versions.wrong), .refused, versions)
    }

    func repeated(at time: Int64) throws(ProbeError) -> Probe {
        let versions = try versions(at: time)
        guard !versions.carriers.isInBody else { throw Self.inBody }
        guard let right = versions.right else { throw Self.noKey }
        let message = versions.carriers.repeated(in: right)
        let asList = verdict(on: Self.joined(message), at: time)
        let expectation: Probe.Expectation = if case .verified = asList { .refusedOrAccepted } else { .refused }
        return probe(.repeated, message, expectation, versions)
    }

    func otherAddress(at time: Int64) throws(ProbeError) -> Probe {
        guard rule.needsURL else {
            throw rule.scheme.secretUse == .none ? anybody : .inapplicable("the sender does not sign the address that it calls")
        }
        guard let elsewhere else { throw Self.noKey }
        let message = try signed(draft.message(id: try makeID()), by: elsewhere, at: time)
        return Probe(.otherAddress, message, .refused)
    }

    private static let inBody = ProbeError.inapplicable("what proves an event stands in its body and in no header")

    private func probe(
        _ kind: Probe.Kind, _ message: OutgoingMessage, _ expectation: Probe.Expectation, _ versions: Versions
    ) -> Probe {
        var probe = Probe(kind, message, expectation)
        probe.carriers = versions.carriers
        return probe
    }

    /// As Apache hands it on: all values of a header in one.
    private static func joined(_ message: OutgoingMessage) -> OutgoingMessage {
        var joined = message
        joined.headers = []
        for header in message.headers {
            if let index = joined.headers.firstIndex(where: { HeaderName.areEqual($0.name, header.name) }) {
                joined.headers[index].value += Array(", ".utf8) + header.value
            } else {
                joined.headers.append(header)
            }
        }
        return joined
    }
}

// MARK: Within one header

extension Probes {
    /// The header in which a signature stands by itself, and the form that it has there.
    private func signatureHeader() throws(ProbeError) -> (name: String, form: SignatureForm) {
        guard let form = rule.scheme.form else {
            switch rule.scheme {
            case .none, .address: throw anybody
            case .token, .basic: throw .inapplicable("the sender signs nothing: a token is not a list")
            default: throw .inapplicable("a request of this sender has one signature, in a form of its own")
            }
        }
        guard let name = form.places.first.headerName else { throw .inapplicable("the signature stands in no header") }
        return (name, form)
    }

    /// A wrong signature before the right one: in the sender's own list where it has one, else as two words in one header.
    func twoSignatures(at time: Int64) throws(ProbeError) -> Probe {
        let (name, form) = try signatureHeader()
        // Where the time is what tells two events apart, it is not that of the good one.
        let versions = try versions(at: time + 1000)
        guard var message = versions.right, let right = message.value(of: name), let wrong = versions.wrong.value(of: name)
        else { throw Self.noKey }
        if form.layout.separator != nil {
            guard let value = form.layout.value(wrong, before: right) else {
                throw .inapplicable("the header holds what is no list")
            }
            message.headers.replace(name, by: value)
        } else if let second = form.places.places.dropFirst().first?.headerName {
            message.headers.replace(name, by: wrong)
            message.headers.append(.init(second, right))
        } else {
            message.headers.replace(name, by: wrong + [UInt8(ascii: ",")] + right)
        }
        let isAccepted = if case .verified = verdict(on: message, at: time) { true } else { false }
        return probe(.twoSignatures, message, isAccepted ? .accepted : .refused, versions)
    }

    func upperCase(at time: Int64) throws(ProbeError) -> Probe {
        let (name, form) = try signatureHeader()
        guard form.encoding == .hex || form.encoding == .hexUpper else {
            throw .inapplicable(
                form.encoding == .hexAny
                    ? "by the sender's rule letter case does not count" : "letter case is part of what the signature says")
        }
        let versions = try versions(at: time)
        guard var message = versions.right, let value = message.value(of: name) else { throw Self.noKey }
        guard let changed = form.layout.withOtherCase(value), changed != value else {
            throw .inapplicable("the signature happens to have no letters: try again")
        }
        message.headers.replace(name, by: changed)
        return probe(.upperCase, message, .refused, versions)
    }
}

extension [OutgoingMessage.Header] {
    fileprivate mutating func replace(_ name: String, by value: [UInt8]) {
        for index in indices where HeaderName.areEqual(self[index].name, name) { self[index].value = value }
    }
}

extension SignatureLayout {
    /// The right value with the signature of another before its own, as an item of the list; nil if there is none.
    fileprivate func value(_ wrong: [UInt8], before right: [UInt8]) -> [UInt8]? {
        guard let separator, let other = try? read(wrong.span, from: .body).signatures.first,
            let own = try? read(right.span, from: .body).signatures.first
        else { return nil }
        var item = Array(wrong[other]) + separator
        if let pair { item += tag + pair }
        return Array(right[..<own.lowerBound]) + item + right[own.lowerBound...]
    }

    /// The value with each letter of its signature in the other case.
    fileprivate func withOtherCase(_ value: [UInt8]) -> [UInt8]? {
        guard let own = try? read(value.span, from: .body).signatures.first else { return nil }
        var value = value
        for index in own {
            switch value[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): value[index] ^= 0x20
            default: break
            }
        }
        return value
    }
}
