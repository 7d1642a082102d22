import Values

/// Makes a profile of one entry. `SenderCatalogue` says how entries are written.
struct SenderEntry {
    private let entry: SenderText.Entry
    private(set) var profile: SenderProfile
    private(set) var problems: [SenderProblem] = []

    /// - Parameter file: where the entry stands, if not in the catalogue.
    init(_ entry: SenderText.Entry, file: String? = nil) {
        self.entry = entry
        let scheme = entry.lines.first { $0.key == "scheme" }?.value ?? ""
        profile = SenderProfile(
            name: entry.name, title: entry.title.isEmpty ? entry.name : entry.title, schemeText: scheme, file: file)
        if scheme.isEmpty {
            problems.append(
                SenderProblem(
                    entry.number, "the entry has no scheme",
                    remedy: "add a line: scheme hmac-sha256 header=X-Signature, or what the sender does"))
        }
        var seen: Set<String> = []
        for line in entry.lines {
            do throws(SenderProblem) {
                try checkIsSingle(line, &seen)
                try read(line)
            } catch {
                problems.append(error)
            }
        }
    }

    /// All keys, as an entry has them.
    static let keys = [
        "scheme", "parameter", "binding", "delivery-id", "event-id", "object-id", "event-type", "tolerance", "success",
        "disables", "stops", "answer-body", "repeats", "deadline", "renames", "handshake", "content-type", "also-signs", "get",
        "addresses",
        "source", "confidence", "note",
    ]
    /// Parameters of an entry: more than any scheme has.
    static let maximumParameters = 32
    private static let repeatable: Set<Substring> = [
        "parameter", "binding", "handshake", "addresses", "source", "note",
    ]

    /// - Parameter seen: the keys that came before, those of ids under one name.
    private func checkIsSingle(_ line: SenderText.Line, _ seen: inout Set<String>) throws(SenderProblem) {
        guard !Self.repeatable.contains(line.key) else { return }
        let isID = SenderProfile.Identity(rawValue: String(line.key)) != nil
        guard !seen.insert(isID ? "id" : String(line.key)).inserted else { return }
        throw problem(
            line, isID ? "is a second id" : "stands there twice",
            isID ? "leave one of delivery-id, event-id and object-id" : "leave one of the two")
    }

    private mutating func read(_ line: SenderText.Line) throws(SenderProblem) {
        let text = line.value
        guard Self.keys.contains(String(line.key)) else { throw unknown(line) }
        guard !text.isEmpty else { throw problem(line, "has no value", "give it one or leave the line out") }
        switch line.key {
        case "delivery-id", "event-id", "object-id":
            profile.identity = SenderProfile.Identity(rawValue: String(line.key))
            profile.idField = try field(line)
        case "event-type": profile.eventTypeField = try field(line)
        case "tolerance": profile.tolerance = try number(line, "seconds", 1...Verifier.maximumTolerance)
        case "success": profile.successStatus = Int(try number(line, "a status", 200...299))
        case "disables": profile.disabling = try statuses(line)
        case "stops": profile.stopping = try statuses(line)
        case "answer-body": profile.answerBody = text == "none" ? .none : .text(text)
        case "deadline": profile.deadline = Int(try number(line, "seconds", 1...3600))
        case "repeats": profile.repeatedHeader = try headerName(line)
        case "renames": profile.renaming = try renaming(line)
        case "handshake": profile.handshakes.append(try handshake(line))
        case "content-type": profile.contentType = text
        case "also-signs": profile.otherTexts = try otherTexts(line)
        case "get":
            guard text == "is an event" else { throw problem(line, "is not known", "write: get is an event") }
            profile.getIsEvent = true
        case "addresses": profile.addresses.append(try addresses(line))
        case "source": profile.sources.append(text)
        case "confidence": profile.confidence = try confidence(line)
        case "note": profile.notes.append(text)
        case "parameter", "binding": profile.parameters.append(try parameter(line))
        default: break
        }
    }

    // MARK: Values

    private func field(_ line: SenderText.Line) throws(SenderProblem) -> RequestField {
        guard let field = RequestField(line.value) else {
            throw problem(
                line, "is no place in a request", "write header:NAME, json:/pointer, form:FIELD or form:FIELD:/pointer")
        }
        return field
    }

    private func headerName(_ line: SenderText.Line) throws(SenderProblem) -> String {
        guard HeaderName.isValid(line.value) else { throw problem(line, "is no name of a header", "write X-Name") }
        guard HeaderName.mayBeAnswered(line.value) else {
            throw problem(
                line, "is a header that steers the web server", "leave it out: who sends a request must not choose it")
        }
        return line.value
    }

    private func renaming(_ line: SenderText.Line) throws(SenderProblem) -> HeaderRenaming {
        guard let renaming = HeaderRenaming(line.value) else {
            throw problem(
                line, "does not say what headers begin with, and with what instead",
                "write both with a space between them: svix- webhook-")
        }
        return renaming
    }

    private func statuses(_ line: SenderText.Line) throws(SenderProblem) -> StatusSet {
        guard let statuses = StatusSet(line.value) else {
            throw problem(
                line, "has what is no status",
                "write statuses with spaces between them, 404 410, or a class of them, 4xx")
        }
        return statuses
    }

    private func number(
        _ line: SenderText.Line, _ what: String, _ range: ClosedRange<Int64>
    ) throws(SenderProblem) -> Int64 {
        guard let number = ASCIIDigits.value(line.value.utf8), range.contains(number) else {
            throw problem(
                line, "is not \(what == "seconds" ? "a number of seconds" : what)",
                "write digits only, \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func handshake(_ line: SenderText.Line) throws(SenderProblem) -> Handshake {
        guard let handshake = Handshake(line.value) else {
            throw problem(
                line, "is malformed, or would answer more than this sender's question",
                "write signed, unsigned or enrol and what tells the question from an event: signed json:/type=ping echo=json:/challenge as=text"
            )
        }
        return handshake
    }

    private func addresses(_ line: SenderText.Line) throws(SenderProblem) -> PublishedAddresses {
        guard let addresses = PublishedAddresses(line.value) else {
            throw problem(
                line, "does not say where the list is",
                "write text URL, json URL FILTER (as jq takes it), or page URL, the addresses with https://")
        }
        return addresses
    }

    private func otherTexts(_ line: SenderText.Line) throws(SenderProblem) -> [OtherText] {
        var texts: [OtherText] = []
        for word in line.value.split(separator: " ") {
            guard let text = OtherText(rawValue: String(word)), !texts.contains(text) else {
                throw problem(line, "has what is no form of other text", "write query or token, or both")
            }
            texts.append(text)
        }
        return texts
    }

    private func confidence(_ line: SenderText.Line) throws(SenderProblem) -> SenderProfile.Confidence {
        guard let confidence = SenderProfile.Confidence(rawValue: line.value) else {
            throw problem(line, "is not known", "write primary or secondary, or leave it out")
        }
        return confidence
    }

    private func parameter(_ line: SenderText.Line) throws(SenderProblem) -> SenderProfile.Parameter {
        let (name, meaning) = SenderText.split(line.value[...])
        guard !meaning.isEmpty else {
            throw problem(line, "does not say what it is", "write its name, and what it is in words")
        }
        guard !profile.parameters.contains(where: { $0.name == name }) else {
            throw problem(line, "gives one name twice", "leave one of them")
        }
        guard profile.parameters.count < Self.maximumParameters else {
            throw problem(
                line, "is one of more than \(Self.maximumParameters)", "leave those that the scheme says already")
        }
        guard !SenderProfile.reservedParameters.contains(String(name)) else {
            throw problem(line, "has a name that every sender takes", "leave it out: it is known without")
        }
        return .init(name: String(name), meaning: String(meaning), isBinding: line.key == "binding")
    }

    private func unknown(_ line: SenderText.Line) -> SenderProblem {
        SenderProblem(
            line.number, "\(Printable.name(String(line.key), otherwise: "a word")) is no key of an entry",
            remedy: NearestName.hint(String(line.key), among: Self.keys) ?? "the keys are "
                + Self.keys.joined(separator: ", "))
    }

    private func problem(_ line: SenderText.Line, _ what: String, _ remedy: String) -> SenderProblem {
        SenderProblem(line.number, "\(line.key) \(what)", remedy: remedy)
    }
}
