extension Probes {
    func good(at time: Int64) throws(ProbeError) -> Probe {
        let message = try event(at: time)
        var probe = Probe(.good, message, .accepted)
        if let versions = try? versions(at: time) { probe.carriers = versions.carriers }
        return probe
    }

    func redelivery(of good: Probe?, at time: Int64) throws(ProbeError) -> Probe {
        guard let good else { throw Self.noKey }
        guard key(of: good.message, at: time) != nil else { throw .inapplicable(noIdentity) }
        return Probe(.redelivery, good.message, .duplicate)
    }

    private var noIdentity: String {
        if case .field? = settings.dedupe { return "the event has nothing where POSTERN_DEDUPE looks" }
        return settings.dedupe == .off || rule.scheme == .none
            ? "every delivery is an event of its own, as POSTERN_DEDUPE says or because anybody may call"
            : "the sender has no id of an event and signs no time, so each delivery is an event: POSTERN_DEDUPE may name what "
                + "tells them apart"
    }

    func rotation(_ index: Int, at time: Int64) throws(ProbeError) -> Probe {
        guard successors.indices.contains(index) else { throw .inapplicable("there is one secret only") }
        // Where the time is what tells two events apart, it is not that of the good one.
        let unsigned = draft.message(id: try makeID())
        do throws(SigningError) {
            return Probe(.rotation, try successors[index].sign(unsigned, at: time - Int64(index + 1) * 1000), .accepted)
        } catch .publicKey {
            throw .inapplicable("the next of the secrets is a public key, with which nobody here can sign")
        } catch {
            throw .signing(error)
        }
    }

    /// The good event with another id wherever it stands: all that somebody can change who has recorded it.
    func freshID(of good: Probe?, at time: Int64) throws(ProbeError) -> Probe {
        guard let good, let old = good.message.id else { throw Self.noKey }
        guard hasID else { throw .inapplicable("the sender has no id of a delivery or event") }
        guard let key = key(of: good.message, at: time) else { throw .inapplicable(noIdentity) }
        let new = try makeID()
        guard new.utf8.count == old.utf8.count else { throw .inapplicable("the id has another form each time") }
        var message = good.message
        let (before, after) = (Array(old.utf8), Array(new.utf8))
        for index in message.headers.indices {
            message.headers[index].value = Self.replacing(before, with: after, in: message.headers[index].value)
        }
        message.body = Self.replacing(before, with: after, in: message.body)
        guard message != good.message else { throw .inapplicable("the event has no id") }
        switch verdict(on: message, at: time) {
        case .verified(let verified) where verified.dedupeKey == key:
            return Probe(.freshID, message, .duplicate)
        case .verified:
            var probe = Probe(.freshID, message, .accepted)
            probe.weakness =
                "the sender does not sign the id: who has recorded an event can send it again under another, and it is taken "
                + "for a new one"
            return probe
        case .refused, .handshake, .enrolment, .subscription:
            return Probe(.freshID, message, .refused)
        }
    }

    private var hasID: Bool {
        if case .field? = settings.dedupe { return true }
        return rule.profile?.identifiesEvents == true || rule.scheme.form?.idHeader != nil
    }

    private func key(of message: OutgoingMessage, at time: Int64) -> DedupeKey? {
        guard case .verified(let verified) = verdict(on: message, at: time) else { return nil }
        return verified.dedupeKey
    }

    static func replacing(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var start = 0
        while start + old.count <= bytes.count {
            if bytes[start..<start + old.count].elementsEqual(old) {
                bytes.replaceSubrange(start..<start + old.count, with: new)
                start += new.count
            } else {
                start += 1
            }
        }
        return bytes
    }
}
