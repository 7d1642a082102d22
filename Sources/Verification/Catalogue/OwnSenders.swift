import Values

/// The senders that a workspace describes itself, in its file `senders`, written as the catalogue's are.
///
/// The whole file counts or nothing of it: a line that is not understood may be the one that says what is signed.
package struct OwnSenders: Sendable {
    /// The name of the file in a workspace's folder.
    package static let fileName = "senders"
    /// What an entry may say.
    package static let keys = SenderEntry.keys
    /// The largest file that is read.
    package static let maximumByteCount = 256 << 10

    /// What messages call the file; empty if there is none.
    package let path: String
    private var profiles: [SenderProfile] = []
    /// Names that the file has entries for, good or bad.
    package private(set) var names: [String] = []
    /// Everything that is wrong with it, in the order of lines.
    package private(set) var problems: [SenderProblem] = []

    /// None.
    package init() {
        path = ""
    }

    package init(_ bytes: [UInt8], path: String) {
        self.path = path
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems = [SenderProblem(1, "the file is not UTF-8", remedy: "save it as UTF-8")]
            return
        }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            problems = [SenderProblem(1, "the file begins with a byte order mark", remedy: "save it as UTF-8 without one")]
            return
        }
        // CRLF is one Character.
        let lines = text.utf8.contains(UInt8(ascii: "\r")) ? Self.withoutCarriageReturns(bytes) : text
        let read = SenderText(lines[...])
        problems = read.problems
        // Every request of a CGI program reads the file: what is looked up for an entry is made once.
        let known: Set<String> = read.entries.isEmpty ? [] : Set(SenderCatalogue.names)
        var taken: Set<String> = []
        for entry in read.entries {
            problems += Self.problems(ofName: entry, known: known, isTaken: !taken.insert(entry.name).inserted)
            names.append(entry.name)
            let made = SenderEntry(entry, file: path)
            problems += made.problems + made.profile.schemeProblems(entry)
            profiles.append(made.profile)
        }
        problems.sort { $0.line < $1.line }
    }

    private static func withoutCarriageReturns(_ bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
        return String(decoding: Array(lines.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
    }

    /// - Parameters:
    ///   - known: the names of the catalogue.
    ///   - isTaken: whether an entry before it has its name.
    private static func problems(
        ofName entry: SenderText.Entry, known: Set<String>, isTaken: Bool
    ) -> [SenderProblem] {
        func problem(_ problem: String, _ remedy: String) -> [SenderProblem] {
            [SenderProblem(entry.number, problem, remedy: remedy)]
        }
        let isName = entry.name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard isName, entry.name.utf8.count <= 64 else {
            return problem(
                "an entry begins with what is no sender's name", "write small letters, digits and hyphens, at most 64")
        }
        if known.contains(entry.name) {
            return problem(
                "\(entry.name) is the name of a sender that Postern knows",
                "give this one another name: my-\(entry.name)")
        }
        if Scheme.allNames.contains(entry.name) {
            return problem("\(entry.name) is the name of a scheme", "give the sender another name: my-\(entry.name)")
        }
        if isTaken { return problem("\(entry.name) has a second entry", "leave one of the two") }
        return []
    }

    /// What the file says of a sender; nil if it does not name it.
    ///
    /// - Throws: `SettingProblem` if the file names it, but something in the file is wrong.
    package func profile(of name: String) throws(SettingProblem) -> SenderProfile? {
        guard names.contains(name) else { return nil }
        try checkIsWhole()
        return profiles.first { $0.name == name }
    }

    /// All senders; none if anything in the file is wrong.
    var whole: [SenderProfile] { problems.isEmpty ? profiles : [] }

    /// - Throws: `SettingProblem` that shows the first problem.
    func checkIsWhole() throws(SettingProblem) {
        guard let first = problems.first else { return }
        let more = problems.count > 1 ? " (and \(problems.count - 1) more, which postern check --workspace lists)" : ""
        throw SettingProblem(
            .verify, .malformed,
            "may name a sender of a file that is not understood: \(path):\(first.line): \(first.problem)",
            remedy: first.remedy + more)
    }
}

extension SenderProfile {
    /// What is wrong with the scheme of an entry, before anybody has given a parameter.
    fileprivate func schemeProblems(_ entry: SenderText.Entry) -> [SenderProblem] {
        guard let line = entry.lines.first(where: { $0.key == "scheme" }), !line.value.isEmpty else { return [] }
        let wrong: SettingProblem
        do throws(SettingProblem) {
            var words = try SettingWords.split(schemeText)
            let addresses = try AddressRule.take(from: &words)
            _ = try addresses?.list([])
            guard let base = try problem(words) else { return unknownParameters(words, entry) }
            wrong = base
            // A user may give what is missing.
            for parameter in parameters {
                for value in ["x", "https://a.example/x"] where try problem(words, parameter.name, value) == nil {
                    return []
                }
            }
        } catch {
            return [SenderProblem(line.number, "scheme \(error.problem)", remedy: error.remedy)]
        }
        return [SenderProblem(line.number, "scheme \(wrong.problem)", remedy: wrong.remedy)]
    }

    private func unknownParameters(_ words: [SettingWord], _ entry: SenderText.Entry) -> [SenderProblem] {
        entry.lines.filter { $0.key == "parameter" || $0.key == "binding" }.prefix(SenderEntry.maximumParameters).compactMap { line in
            let name = String(SenderText.split(line.value[...]).first)
            guard let problem = try? problem(words, name, "x"), problem.kind == .unknownParameter else { return nil }
            return SenderProblem(line.number, "\(line.key) \(problem.problem)", remedy: problem.remedy)
        }
    }

    /// - Parameters:
    ///   - parameter: one that takes the place of the scheme's own.
    /// - Throws: what is no scheme at all.
    private func problem(_ words: [SettingWord], _ parameter: String? = nil, _ value: String = "")
        throws(SettingProblem) -> SettingProblem?
    {
        var words = words
        if let parameter {
            words.removeAll { $0.name == parameter && $0.value != nil }
            words.append(SettingWord(name: parameter, value: value))
        }
        do throws(SettingProblem) {
            if try Scheme(words) != nil { return nil }
        } catch {
            return error
        }
        let first = words.first?.value == nil ? words.first?.name ?? "" : ""
        throw SettingProblem(
            .verify, .malformed, "begins with what is no scheme",
            remedy: NearestName.hint(first, among: Scheme.allNames) ?? "the schemes are "
                + Scheme.names.joined(separator: ", "))
    }
}
