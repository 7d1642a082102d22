package import Values

/// A place in a request that holds an id or an event type: `header:X-Id`, `json:/id`, `form:id`, or `form:data:/id`, a
/// place in the JSON that a form's field holds.
package enum RequestField: Sendable, Equatable {
    case header(String)
    case json(JSONPointer)
    case form(String, JSONPointer?)

    private static let maximumSteps = 32

    /// nil if the text is of none of the forms.
    init?(_ text: String) {
        if text.hasPrefix("header:") {
            let name = String(text.dropFirst("header:".count))
            guard HeaderName.isValid(name) else { return nil }
            self = .header(name)
        } else if text.hasPrefix("json:") {
            guard let pointer = Self.pointer(String(text.dropFirst("json:".count))) else { return nil }
            self = .json(pointer)
        } else if text.hasPrefix("form:") {
            let name = text.dropFirst("form:".count)
            let end = name.indices.first { name[$0...].hasPrefix(":/") } ?? name.endIndex
            guard end > name.startIndex else { return nil }
            guard end < name.endIndex else {
                self = .form(String(name), nil)
                return
            }
            guard let pointer = Self.pointer(String(name[end...].dropFirst())) else { return nil }
            self = .form(String(name[..<end]), pointer)
        } else {
            return nil
        }
    }

    /// A place in a document, never the whole of it; nil if the text is no JSON pointer, or a very long one.
    static func pointer(_ text: String) -> JSONPointer? {
        guard let pointer = JSONPointer(text), !pointer.text.isEmpty,
            pointer.text.utf8.count(where: { $0 == UInt8(ascii: "/") }) <= maximumSteps
        else { return nil }
        return pointer
    }

    var readsForm: Bool { if case .form = self { true } else { false } }

    /// One text for one field: names of headers in small letters.
    package var text: String {
        switch self {
        case .header(let name): "header:" + name.lowercased()
        case .json(let pointer): "json:" + pointer.text
        case .form(let name, let pointer): "form:" + name + (pointer.map { ":" + $0.text } ?? "")
        }
    }
}
