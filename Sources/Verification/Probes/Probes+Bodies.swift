internal import Values

extension Probes {
    /// Another letter in the middle of the body, where neither the id nor the signature stands.
    func changedBody(at time: Int64) throws(ProbeError) -> Probe {
        let versions = try versions(at: time)
        guard var message = versions.right else { throw Self.noKey }
        guard let position = changeablePosition(in: message, versions) else {
            throw .inapplicable(message.body.isEmpty ? "there is no body" : "the body has no letter that may be changed")
        }
        message.body[position] ^= 0x20
        var probe = Probe(.changedBody, message, .refused)
        if case .verified = verdict(on: message, at: time) {
            probe = Probe(.changedBody, message, .accepted)
            probe.weakness = "the signature does not cover this part of the body: who is on the way can change it"
        }
        probe.carriers = versions.carriers
        return probe
    }

    private func changeablePosition(in message: OutgoingMessage, _ versions: Versions) -> Int? {
        let body = message.body
        let word = Array(EventDraft.changeable.utf8)
        if settings.body == nil, let start = body.span.firstRange(of: word, in: 0..<body.count)?.lowerBound { return start }
        let other = versions.wrong.body
        let id = message.id.flatMap { body.span.firstRange(of: Array($0.utf8), in: 0..<body.count) }
        let middle = body.count / 2
        let order = (0..<body.count).sorted { abs($0 - middle) < abs($1 - middle) }
        return order.first { position in
            let isLetter = SignatureCarriers.isAlphanumeric(body[position]) && body[position] > UInt8(ascii: "9")
            let isSame = other.count != body.count || other[position] == body[position]
            return isLetter && isSame && id?.contains(position) != true
        }
    }

    /// Half of the body of an event that would be good.
    func truncated(at time: Int64) throws(ProbeError) -> Probe {
        let message: OutgoingMessage
        if sender != nil { message = try event(at: time) } else { message = try versions(at: time).wrong }
        guard message.body.count > 1 else { throw .inapplicable("there is no body") }
        var probe = Probe(.truncated, message, .notTaken)
        probe.missingBytes = message.body.count / 2
        return probe
    }
}

// MARK: Size

extension Probes {
    /// A stranger's, so that no event comes of it: what is too large is refused before anything else is looked at.
    func largest(at time: Int64) throws(ProbeError) -> Probe {
        guard !strangers.isEmpty else { throw anybody }
        guard let message = try message(at: time, fitting: { $0 <= settings.maximumBody }) else {
            throw .inapplicable("no body of that size can be made")
        }
        return Probe(.largest, message, .refused)
    }

    func oversized(at time: Int64) throws(ProbeError) -> Probe {
        guard let message = try message(at: time, fitting: { $0 > settings.maximumBody }) else {
            throw .inapplicable("there is no body")
        }
        return Probe(.oversized, message, .tooLarge)
    }

    /// A message whose body has about the largest size. What is added to it may grow on the way: a signer may write it
    /// another way.
    private func message(at time: Int64, fitting fits: (Int) -> Bool) throws(ProbeError) -> OutgoingMessage? {
        let id = try makeID()
        func make(_ padding: Int) throws(ProbeError) -> OutgoingMessage {
            let unsigned = draft.message(id: id, padding: padding)
            guard let stranger = strangers.first ?? sender else { return unsigned }
            return try signed(unsigned, by: stranger, at: time)
        }
        let base = try make(0).body.count
        guard base > 0 else { return nil }
        let wanted = settings.maximumBody + (fits(settings.maximumBody) ? 0 : 1)
        var padding = max(0, wanted - base)
        for _ in 0..<6 {
            let message = try make(padding)
            if fits(message.body.count), message.body.count > wanted - wanted / 8 { return message }
            let grown = message.body.count - base
            guard grown > 0 else { return nil }
            padding = padding * max(0, wanted - base) / grown
        }
        return nil
    }
}
