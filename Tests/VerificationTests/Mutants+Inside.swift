import Foundation
import Verification

/// Forged forms of what stands in the body or the address: signatures, tokens, signed fields.
extension Vector {
    /// The texts of which every change has to be noticed: those that the vector names, and tokens.
    var inner: [String] {
        inside + secrets.filter { secret in
            secret.count > 3 && (Self.holds(request.body, secret) || Self.holds(request.uri, secret))
        }
    }

    /// Whether it is the body or the address that carries what proves the request.
    var isProvedInside: Bool {
        let headers = request.headers.map { $0.name.lowercased() }.filter { $0 != "content-type" && !unsigned.contains($0) }
        return unsigned.contains("body") && headers.isEmpty && request.peer == .missing
    }

    /// - Parameter ignoresCase: where letter case counts for nothing by the sender's rule.
    func innerMutants(ignoresCase: Bool) -> [Mutant] {
        inner.flatMap { text in
            Self.changes(of: text).compactMap { what, changed -> Mutant? in
                guard changed != text, !(ignoresCase && changed.lowercased() == text.lowercased()) else { return nil }
                var request = request
                request.body = Self.replacing(text, with: changed, in: request.body)
                request.uri = Self.replacing(text, with: changed, in: request.uri)
                guard !Self.areSameForm(request.body, self.request.body) || request.uri != self.request.uri else { return nil }
                return Mutant(what: "\(text) \(what)", request: request)
            }
        }
    }

    private static func changes(of text: String) -> [(what: String, text: String)] {
        let bytes = Array(text.utf8)
        var changes = [
            ("emptied", ""), ("cut to its first half", String(text.prefix(text.count / 2))), ("without its first half", String(text.suffix(text.count / 2))),
            ("twice", text + text), ("in capitals", text.uppercased()), ("in small letters", text.lowercased()),
        ]
        changes += Reencoding.all(of: text).map { ("as \($0)", $0) }
        for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 64)) {
            var removed = bytes
            removed.remove(at: index)
            changes.append(("without character \(index)", String(decoding: removed, as: UTF8.self)))
            var doubled = bytes
            doubled.insert(bytes[index], at: index)
            changes.append(("with character \(index) twice", String(decoding: doubled, as: UTF8.self)))
            for bit in [1, 0x20] as [UInt8] {
                var flipped = bytes
                flipped[index] ^= bit
                // Anything else might end the text, as a quote does.
                guard Character(UnicodeScalar(flipped[index])).isLetter || (0x30...0x39).contains(flipped[index]) else { continue }
                changes.append(("with \(flipped[index]) as character \(index)", String(decoding: flipped, as: UTF8.self)))
            }
        }
        return changes
    }

    private static func holds(_ bytes: [UInt8], _ text: String) -> Bool { String(decoding: bytes, as: UTF8.self).contains(text) }

    private static func replacing(_ text: String, with other: String, in bytes: [UInt8]) -> [UInt8] {
        let whole = String(decoding: bytes, as: UTF8.self)
        guard let range = whole.range(of: text) else { return bytes }
        return Array(whole.replacingCharacters(in: range, with: other).utf8)
    }

    /// An escape says the same in capitals and in small letters.
    private static func areSameForm(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let decoded = [left, right].map { String(decoding: $0, as: UTF8.self) }.map { $0.removingPercentEncoding ?? $0 }
        return decoded[0] == decoded[1]
    }
}

/// The same bytes, written in another way.
enum Reencoding {
    /// Of a text that is hexadecimal or base 64 as a whole.
    static func all(of text: String) -> [String] {
        guard let bytes = hexadecimal(text) ?? (text.count >= 20 ? Data(base64Encoded: text) : nil) else { return [] }
        let base64 = bytes.base64EncodedString()
        let urlSafe = base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
        return [base64, urlSafe, hexadecimal, hexadecimal.uppercased(), Data(text.utf8).base64EncodedString()]
            .filter { $0 != text }
    }

    /// Forms of a value in which one signature is written in another way.
    static func mutants(of value: String) -> [String] {
        let runs = value.ranges(of: #/[0-9A-Fa-f]{32,}|[A-Za-z0-9+/]{20,}={0,2}/#)
        return runs.flatMap { run in all(of: String(value[run])).map { value.replacingCharacters(in: run, with: $0) } }
    }

    private static func hexadecimal(_ text: String) -> Data? {
        guard text.count >= 32, text.count % 2 == 0, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        let digits = Array(text)
        return Data(stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
    }
}
