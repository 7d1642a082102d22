internal import Values

/// The senders that are known by name.
///
/// The entries are text, in the `Senders….swift` files beside this one. To add a sender, add its entry to one of
/// them, and its vectors to `Tests/VerificationTests/Fixtures/Senders`; no other line of Swift changes. An entry
/// begins with its name and title, unindented; its other lines are a key and a value, indented by two spaces, and a
/// line that is indented further goes on with the one before it:
///
///     scheme        as in POSTERN_VERIFY: hmac-sha256 header=… signed={body} …
///     parameter     the name of a parameter that a user may give after the sender's name, and what it is; may be
///                   repeated. It takes the place of the scheme's parameter of that name
///     binding       the same for one that has to be given, because anybody can obtain the sender's signature; any says
///                   that anybody may call
///     delivery-id   header:NAME, json:/POINTER, form:FIELD, or form:FIELD:/POINTER for a place in the JSON of a
///                   field; the same for all deliveries of one event; it identifies a delivery. event-id if it
///                   identifies the event, object-id if only what the event is about
///     event-type    the same forms
///     tolerance     seconds that the signed timestamp may be off, if not 300
///     success       the status that the sender wants, if not any 2xx
///     disables      the statuses after which it gives the address up: 404 410, or 4xx; the failure of an event is told it
///                   as 500 instead
///     stops         the statuses after which it does not send the event again
///     answer-body   what the answer to an accepted event has to hold, or none if no answer may have a body
///     repeats       the header of a verified request that every answer to it has to repeat
///     deadline      seconds within which it wants the answer
///     handshake     a question whether the address is its owner's, and the answer, as `Handshake` says; may be
///                   repeated
///     renames       what the names of the scheme's headers begin with, and what they may begin with instead, all of
///                   them: svix- webhook-
///     content-type  of its bodies, if not application/json
///     also-signs    what else it signs with the same secret for people who are not the sender, query or token or both: a
///                   body of that form is no event
///     get           "is an event" if its GET requests are
///     addresses     where the sender publishes the addresses that it sends from, for ip=: text URL if it is a list, json
///                   URL FILTER if jq takes it out of JSON so, page URL if somebody has to read it; may be repeated
///     source        where the rule was read
///     confidence    primary: the sender's own page or library was read; secondary: another's
///     note          what a user should know; may be repeated
package enum SenderCatalogue {
    /// Parsed only when a location asks for it: a CGI process starts for each request.
    private static let groups = [
        commonSenders, itemSenders, forgeSenders, deploymentSenders, paymentSenders, messagingSenders, workSenders,
        serviceSenders, keySenders, cloudSenders, svixSenders, unsignedSenders,
    ]

    /// All names, in the catalogue's order.
    package static var names: [String] {
        var names: [String] = []
        for group in groups {
            names += heads(of: group).map { String(decoding: group.utf8Span.span.copy($0), as: UTF8.self) }
        }
        return names
    }

    /// What the catalogue says about a sender, or nil if it does not know it.
    ///
    /// - Throws: `SettingProblem` if the entry is malformed, which the tests rule out.
    package static func profile(of name: String) throws(SettingProblem) -> SenderProfile? {
        for group in groups {
            guard let text = entry(name, in: group) else { continue }
            guard let entry = SenderText(text).entries.first else { continue }
            let made = SenderEntry(entry)
            guard let problem = made.problems.first else { return made.profile }
            throw SettingProblem(
                .verify, .malformed, "names \(name), whose entry in the catalogue is wrong: \(problem.problem)",
                remedy: "mend the entry in Sources/Verification/Catalogue: \(problem.remedy)")
        }
        return nil
    }

    /// The entry of a sender as the catalogue has it.
    package static func text(of name: String) -> String? {
        for group in groups { if let text = entry(name, in: group) { return String(text) } }
        return nil
    }

    /// The lines of one entry.
    private static func entry(_ name: String, in group: String) -> Substring? {
        let heads = heads(of: group)
        let bytes = group.utf8Span.span
        let wanted = Array(name.utf8)
        guard let index = heads.firstIndex(where: { bytes.hasBytes(wanted, in: $0) }) else { return nil }
        let end = index + 1 < heads.count ? heads[index + 1].lowerBound : bytes.count
        let start = group.utf8.index(group.startIndex, offsetBy: heads[index].lowerBound)
        return group[start..<group.utf8.index(group.startIndex, offsetBy: end)]
    }

    /// Where the names of all entries stand, each at the beginning of a line. Under CGI every request looks for one.
    private static func heads(of group: String) -> [Range<Int>] {
        let bytes = group.utf8Span.span
        let (lineEnd, space) = (ByteMarks(UInt8(ascii: "\n")), ByteMarks(UInt8(ascii: " "), UInt8(ascii: "\n")))
        var heads: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            let first = bytes[start]
            if first != UInt8(ascii: " "), first != UInt8(ascii: "#"), first != UInt8(ascii: "\n") {
                heads.append(start..<bytes.end(before: space, from: start))
            }
            start = bytes.end(before: lineEnd, from: start) + 1
        }
        return heads
    }
}
