/// A body or a query of the type `application/x-www-form-urlencoded`.
package struct Form: Sendable {
    /// The bounds of what is read.
    package struct Limits: Sendable {
        package var pairs = 10_000
        /// Of `a[b][c]`, the brackets.
        package var depth = 64

        package init() {}
    }

    /// Names and values, decoded, in the order in which they came.
    package let pairs: [(name: Text, value: Text)]
    private let limits: Limits

    /// Reads pairs between `&`. Nothing but the bounds can be wrong: a part without `=` has an empty value, an
    /// empty part is left out, a malformed escape stays as it is.
    package init(_ bytes: Span<UInt8>, limits: Limits = Limits()) throws(FormError) {
        guard let read = FormFields(bytes, limit: limits.pairs) else { throw .tooManyPairs(limits.pairs) }
        let text = read.text.span
        pairs = read.fields.map { (Text(text.extracting($0.name)), Text(text.extracting($0.value))) }
        self.limits = limits
    }

    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(FormError) {
        try self.init(bytes.span, limits: limits)
    }

    package init(_ text: Text, limits: Limits = Limits()) throws(FormError) {
        self = try text.withBytes { bytes throws(FormError) in try Form(bytes, limits: limits) }
    }

    /// The pairs as one object, as PHP reads them: `a=1&a=2` keeps the last, `a[]=1&a[]=2` is an array,
    /// `a[b]=c` an object inside. Names stay as they were sent: no `.` becomes `_`.
    package func value() throws(FormError) -> Value {
        var builder = FormBuilder(maximumDepth: limits.depth)
        for (name, value) in pairs { try builder.insert(name, .text(value)) }
        return .object(builder.object())
    }
}

/// What a form has too much of.
package enum FormError: Error, Sendable, Equatable {
    case tooManyPairs(Int)
    case tooDeep(Int)

    package var message: String {
        switch self {
        case .tooManyPairs(let limit): "The form has more than \(limit) fields"
        case .tooDeep(let limit): "A name in the form has more than \(limit) brackets"
        }
    }
}

extension FormError: CustomStringConvertible {
    package var description: String { message }
}
