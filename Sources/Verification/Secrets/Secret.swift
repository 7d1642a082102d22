/// A secret as it was configured. Nothing that describes it shows it.
package struct Secret: Sendable {
    enum Form: Sendable {
        case text
        /// A block in PEM, its first and last line included.
        case pem
        /// A JSON Web Key or a set of them.
        case jsonWebKey
    }

    let bytes: [UInt8]
    let form: Form
    /// The source that it came from: `file:/etc/postern/stripe`.
    package let source: String
    /// The line of that source, from 1.
    package let line: Int

    init(_ bytes: some Sequence<UInt8>, _ form: Form = .text, source: String, line: Int) {
        self.bytes = Array(bytes)
        self.form = form
        self.source = source
        self.line = line
    }

    /// `line 2 of file:/etc/postern/stripe`
    package var origin: String { "line \(line) of \(source)" }

    func unusable(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.secret, .unusableSecret, "\(origin) \(problem)", remedy: remedy)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "secret (\(origin))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}
