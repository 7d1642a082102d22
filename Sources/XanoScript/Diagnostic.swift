/// An error or a warning in a workspace, with its place.
package struct Diagnostic: Sendable, Error {
    package enum Severity: String, Sendable { case error, warning }
    package enum Kind: String, Sendable { case syntax, name, type, unsupported, setting }

    package var severity: Severity
    package var kind: Kind
    package var file: SourceFile
    package var range: SourceRange
    /// What is wrong, in one sentence without a full stop.
    package var message: String
    /// What to do about it: what was expected, the nearest known name, the mend. May be several lines.
    package var remedy: String?
    /// Other places that belong to it, such as the first of two declarations.
    package var notes: [Note]

    package init(
        severity: Severity = .error, kind: Kind, file: SourceFile, range: SourceRange, message: String,
        remedy: String? = nil, notes: [Note] = []
    ) {
        self.severity = severity
        self.kind = kind
        self.file = file
        self.range = range
        self.message = message
        self.remedy = remedy
        self.notes = notes
    }

    package struct Note: Sendable {
        package var file: SourceFile
        package var range: SourceRange
        package var message: String

        package init(file: SourceFile, range: SourceRange, message: String) {
            self.file = file
            self.range = range
            self.message = message
        }
    }
}
