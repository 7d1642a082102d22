/// XML (version 1.0) as a value: elements, attributes and text. Namespaces are not resolved: `a:b` is a name.
///
/// A document type is refused: it is what entity bombs and the reading of other files are made of.
package enum XML {
    /// An element as Xano gives it: `{"name": {"@attributes": {…}, "value": …}}`. The value is the text of an element
    /// without children, else an array of them, with pieces of text between them that are not blank. Without attributes
    /// `@attributes` is an empty array.
    package static func parse(_ bytes: Span<UInt8>, maximumDepth: Int = 128) throws(XMLError) -> Value {
        var parser = XMLParser(maximumDepth: min(maximumDepth, Value.maximumDepth / 3))
        return try parser.parseDocument(bytes)
    }

    package static func parse(_ text: Text, maximumDepth: Int = 128) throws(XMLError) -> Value {
        try text.withBytes { bytes throws(XMLError) in try parse(bytes, maximumDepth: maximumDepth) }
    }
}

/// Why a text is no XML, and where.
package struct XMLError: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case empty
        case unexpectedEnd
        case malformedMarkup
        case malformedName
        case malformedAttribute
        case repeatedAttribute
        case malformedReference
        case wrongEndTag
        case documentType
        case trailingContent
        case forbiddenCharacter
        case encoding
        case tooDeep(Int)
    }

    package let kind: Kind
    /// In bytes, from 0.
    package let offset: Int

    init(_ kind: Kind, _ offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// One sentence, with the place.
    package var message: String { "\(reason) (byte \(offset))" }

    private var reason: String {
        switch kind {
        case .empty: "The XML has no element"
        case .unexpectedEnd: "The XML ends too early"
        case .malformedMarkup: "Malformed markup"
        case .malformedName: "A name is missing or malformed"
        case .malformedAttribute: "Malformed attribute"
        case .repeatedAttribute: "An attribute is given twice"
        case .malformedReference: "An & begins no known entity"
        case .wrongEndTag: "An end tag does not fit the element that is open"
        case .documentType: "A document type is not allowed"
        case .trailingContent: "Something follows the root element"
        case .forbiddenCharacter: "A character that XML does not allow"
        case .encoding: "The XML is not UTF-8"
        case .tooDeep(let depth): "Elements are nested more than \(depth) deep"
        }
    }
}

extension XMLError: CustomStringConvertible {
    package var description: String { message }
}
