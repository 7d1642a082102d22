import Values

/// The parameters of a scheme, taken one by one, so that what is left over at the end is unknown.
///
/// Messages never show a value: somebody may have written a secret there.
struct SchemeParameters {
    /// The scheme or sender that they belong to, for messages.
    let owner: String
    private var values: [(name: String, value: String)] = []
    private var known: [String] = []

    init(_ owner: String, _ words: some Sequence<SettingWord>) throws(SettingProblem) {
        self.owner = owner
        for word in words {
            guard let value = word.value else {
                throw problem(
                    .malformed, "has a word after \(owner) that is no parameter",
                    remedy: "parameters are written name=value; a value with spaces stands in double quotes")
            }
            let name = Printable.name(word.name, otherwise: "a parameter")
            guard !values.contains(where: { $0.name == word.name }) else {
                throw problem(.repeatedParameter, "has \(name) twice", remedy: "leave one of them")
            }
            guard !value.isEmpty else {
                throw problem(.badValue, "has \(name) without a value", remedy: "give it one or leave it out")
            }
            values.append((word.name, value))
        }
    }

    /// The value of a parameter, which is known from now on.
    mutating func take(_ name: String) -> String? {
        known.append(name)
        guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
        return values.remove(at: index).value
    }

    /// One word out of a few.
    mutating func choose<Choice>(_ name: String) throws(SettingProblem) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let value = take(name) else { return nil }
        if let choice = Choice(rawValue: value) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        throw problem(
            .badValue, "has \(name)= with a value that is not known",
            remedy: "write \(name)=" + words.joined(separator: " or "))
    }

    /// The name of a header: a token (RFC 9110 section 5.6.2).
    mutating func headerName(_ name: String) throws(SettingProblem) -> String? {
        guard let value = take(name) else { return nil }
        guard HeaderName.isValid(value) else {
            throw problem(
                .badValue, "has \(name)= with what is no header name",
                remedy: "write it as in HTTP: letters, digits and hyphens, no colon")
        }
        return value
    }

    /// - Throws: when a parameter is left that nobody took.
    func finish() throws(SettingProblem) {
        guard let left = values.first else { return }
        let name = Printable.name(left.name, otherwise: "a parameter")
        let remedy =
            known.isEmpty
            ? "\(owner) takes no parameters"
            : NearestName.hint(left.name, among: known) ?? "\(owner) takes " + known.joined(separator: ", ")
        throw problem(.unknownParameter, "has \(name), which \(owner) does not know", remedy: remedy)
    }

    func problem(_ kind: SettingProblem.Kind, _ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.verify, kind, problem, remedy: remedy)
    }
}
