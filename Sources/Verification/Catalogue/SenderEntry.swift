/// Reads one entry of the catalogue. `SenderCatalogue` says how entries are written.
struct SenderEntry {
    private let name: String
    private var lines: [(key: Substring, value: String)] = []
    private var title = ""

    /// - Parameter text: the entry's lines, the unindented first one included.
    init(_ text: Substring) {
        var name = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let indentation = line.prefix { $0 == " " }.count
            let parts = Self.split(line.dropFirst(indentation))
            if indentation == 0 {
                name = String(parts.first)
                title = String(parts.rest)
            } else if indentation == 2 {
                lines.append((parts.first, String(parts.rest)))
            } else if let last = lines.indices.last {
                lines[last].value += " " + line.dropFirst(indentation)
            }
        }
        self.name = name
    }

    func profile() throws(SettingProblem) -> SenderProfile {
        guard let schemeText = lines.first(where: { $0.key == "scheme" })?.value else { throw malformed("scheme") }
        var profile = SenderProfile(name: name, title: title, schemeText: schemeText)
        for line in lines where line.key != "scheme" { try read(line.key, line.value, into: &profile) }
        return profile
    }

    private func read(_ key: Substring, _ text: String, into profile: inout SenderProfile) throws(SettingProblem) {
        guard !text.isEmpty else { throw malformed(key) }
        switch key {
        case "delivery-id", "event-id", "object-id":
            profile.identity = SenderProfile.Identity(rawValue: String(key))
            profile.idField = try field(text, key)
        case "event-type": profile.eventTypeField = try field(text, key)
        case "tolerance": profile.tolerance = Int64(try number(text, key))
        case "success": profile.successStatus = try number(text, key)
        case "disables": profile.disabling = try statuses(text, key)
        case "stops": profile.stopping = try statuses(text, key)
        case "answer-body": profile.answerBody = text == "none" ? .none : .text(text)
        case "deadline": profile.deadline = try number(text, key)
        case "handshake":
            guard let handshake = Handshake(text) else { throw malformed(key) }
            profile.handshakes.append(handshake)
        case "content-type": profile.contentType = text
        case "get":
            guard text == "is an event" else { throw malformed(key) }
            profile.getIsEvent = true
        case "source": profile.sources.append(text)
        case "confidence":
            guard let confidence = SenderProfile.Confidence(rawValue: text) else { throw malformed(key) }
            profile.confidence = confidence
        case "note": profile.notes.append(text)
        case "parameter", "binding":
            let parts = Self.split(text[...])
            guard !parts.rest.isEmpty else { throw malformed(key) }
            profile.parameters.append(
                .init(name: String(parts.first), meaning: String(parts.rest), isBinding: key == "binding"))
        default: throw malformed(key)
        }
    }

    private func field(_ text: String, _ key: Substring) throws(SettingProblem) -> RequestField {
        guard let field = RequestField(text) else { throw malformed(key) }
        return field
    }

    private func statuses(_ text: String, _ key: Substring) throws(SettingProblem) -> StatusSet {
        guard let statuses = StatusSet(text) else { throw malformed(key) }
        return statuses
    }

    private func number(_ text: String, _ key: Substring) throws(SettingProblem) -> Int {
        guard let number = ASCIIDigits.value(text.utf8), let number = Int(exactly: number) else { throw malformed(key) }
        return number
    }

    private static func split(_ line: Substring) -> (first: Substring, rest: Substring) {
        let end = line.firstIndex(of: " ") ?? line.endIndex
        return (line[..<end], line[end...].drop { $0 == " " })
    }

    private func malformed(_ key: Substring) -> SettingProblem {
        SettingProblem(
            .verify, .malformed, "names \(name), whose entry in the catalogue has a bad line \(key)",
            remedy: "mend the entry in Sources/Verification/Catalogue")
    }
}
