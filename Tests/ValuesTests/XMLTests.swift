import Testing

@testable import Values

@Suite("XML")
struct XMLTests {
    static func element(_ content: String, _ attributes: String = "[]") -> String {
        #"{"@attributes":\#(attributes),"value":\#(content)}"#
    }

    /// The example of Xano's documentation.
    @Test("Elements, their attributes and texts")
    func documentation() throws {
        let source: Text = "<root><a>1</a><b>2</b><c>3</c></root>"
        let children = ["a", "b", "c"].enumerated().map { #"{"\#($1)":\#(Self.element("\"\($0 + 1)\""))}"# }
        let expected = #"{"root":\#(Self.element("[" + children.joined(separator: ",") + "]"))}"#
        #expect(JSON.text(try XML.parse(source)) == Text(expected))
    }

    @Test(
        "The value of an element",
        arguments: [
            ("<a/>", element(#""""#)), ("<a></a>", element(#""""#)), ("<a b=\"1\" c='&lt;&#x41;&#66;'/>", element(#""""#, #"{"b":"1","c":"<AB"}"#)),
            ("<a> x &amp; y </a>", element(#"" x & y ""#)), ("<a><![CDATA[<b>&amp;]]></a>", element(#""<b>&amp;""#)),
            ("<a>x<b/>y</a>", element(#"["x",{"b":{"@attributes":[],"value":""}},"y"]"#)), ("<a>\n <b/>\n</a>", element(#"[{"b":{"@attributes":[],"value":""}}]"#)),
            ("<?xml version='1.0' encoding='utf-8'?><!-- x --><a>1<!-- y -->2</a><!-- z -->\n", element(#""12""#)), ("<a><?pi x?></a>", element(#""""#)),
            ("<a>1\r\n2\r3</a>", element(#""1\n2\n3""#)), ("<a b='1\n2'/>", element(#""""#, #"{"b":"1 2"}"#)), ("\u{feff}<a>\u{e9}</a>", element("\"\u{e9}\"")),
            ("<a\n b = '1' ></a >", element(#""""#, #"{"b":"1"}"#)),
        ])
    func values(source: String, expected: String) throws {
        #expect(JSON.text(try XML.parse(Text(source))["a"]) == Text(expected))
    }

    @Test(
        "What is malformed or dangerous is refused with its place",
        arguments: [
            ("", .empty, 0), ("x", .malformedMarkup, 0), ("<a>", .unexpectedEnd, 3), ("<a></b>", .wrongEndTag, 5), ("<a><b></a></b>", .wrongEndTag, 8),
            ("<a/><b/>", .trailingContent, 4), ("<a/>x", .trailingContent, 4), ("<a b/>", .malformedAttribute, 3), ("<a b=1/>", .malformedAttribute, 3),
            ("<a b='1'c='2'/>", .malformedAttribute, 8), ("<a b='1' b='2'/>", .repeatedAttribute, 9), ("<a b='<'/>", .malformedAttribute, 6),
            ("<a>&nope;</a>", .malformedReference, 3), ("<a>&#0;</a>", .malformedReference, 3), ("<a>&#xD800;</a>", .malformedReference, 3), ("<a>&</a>", .malformedReference, 3),
            ("<a>&#+65;</a>", .malformedReference, 3), ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", .documentType, 0), ("<1a/>", .malformedName, 1), ("< a/>", .malformedName, 1),
            ("<a>\u{1}</a>", .forbiddenCharacter, 3), ("<a><!-- -- --></a>", .malformedMarkup, 10), ("<a><![CDATA[</a>", .unexpectedEnd, 16), ("<a", .unexpectedEnd, 2),
            ("<?xml encoding='latin1'?><a/>", .encoding, 0), ("<a><?xml ?></a>", .malformedMarkup, 5), ("<a><!ELEMENT b></a>", .malformedMarkup, 3),
        ] as [(String, XMLError.Kind, Int)])
    func malformed(source: String, kind: XMLError.Kind, offset: Int) {
        let error = #expect(throws: XMLError.self) { try XML.parse(Text(source)) }
        #expect(error?.kind == kind)
        #expect(error?.offset == offset)
    }

    @Test("Bytes that are no UTF-8 are refused, and depth is bounded")
    func bounds() throws {
        #expect(throws: XMLError.self) { try XML.parse(Text(bytes: Array("<a>".utf8) + [0xff] + Array("</a>".utf8))) }
        func nested(_ depth: Int) -> Text {
            Text(String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth))
        }
        #expect(try !XML.parse(nested(128)).isDeeper(than: Value.maximumDepth))
        #expect(throws: XMLError.self) { try XML.parse(nested(129)) }
        #expect(throws: XMLError.self) { try XML.parse(nested(100_000)) }
    }
}
