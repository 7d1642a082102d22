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
            guard !value.isEmpty else {
                let name = Printable.name(word.name, otherwise: "a parameter")
                throw problem(.badValue, "has \(name) without a value", remedy: "give it one or leave it out")
            }
            values.append((word.name, value))
        }
    }

    /// The value of a parameter, which is known from now on. A second one of the same name is left over, so that
    /// `finish` finds it.
    mutating func take(_ name: String) -> String? {
        known.append(name)
        guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
        return values.remove(at: index).value
    }

    /// The values of a parameter that may be repeated.
    mutating func takeAll(_ name: String) -> [String] {
        known.append(name)
        let taken = values.filter { $0.name == name }.map(\.value)
        values.removeAll { $0.name == name }
        return taken
    }

    /// A place in a JSON document, never the whole of it.
    mutating func pointer(_ name: String) throws(SettingProblem) -> JSONPointer? {
        guard let value = take(name) else { return nil }
        guard let pointer = RequestField.pointer(value) else {
            throw problem(
                .badValue, "has \(name)= with what is no JSON pointer",
                remedy: "write \(name)=/id or \(name)=/data/id, with ~1 for / and ~0 for ~")
        }
        return pointer
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
        guard HeaderName.isValid(value) else { throw noHeaderName(name) }
        return value
    }

    func noHeaderName(_ name: String) -> SettingProblem {
        problem(
            .badValue, "has \(name)= with what is no header name",
            remedy: "write it as in HTTP: letters, digits and hyphens, no colon")
    }

    /// - Throws: when a parameter is left that nobody took, or that came more often than it may.
    func finish() throws(SettingProblem) {
        guard let left = values.first else { return }
        let name = Printable.name(left.name, otherwise: "a parameter")
        guard !known.contains(left.name), values.count(where: { $0.name == left.name }) == 1 else {
            throw problem(.repeatedParameter, "has \(name) twice", remedy: "leave one of them")
        }
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
