package import Values

/// A file of addresses: one a line, or a range. What follows `#` is a comment; empty lines count for nothing.
package enum AddressFile {
    /// The largest file that is read.
    package static let maximumByteCount = 1 << 20

    /// - Parameter path: for messages.
    /// - Throws: `SettingProblem` that names the line.
    package static func parse(_ bytes: [UInt8], path: String) throws(SettingProblem) -> [Network] {
        if let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            throw problem(
                "\(path) is JSON", remedy: "write the addresses into it, one a line: jq -r takes them out of JSON")
        }
        var networks: [Network] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let content = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
            let text = content.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
            guard !text.isEmpty else { continue }
            do throws(AddressProblem) {
                networks.append(try AddressItem.network(String(text)[...]))
            } catch {
                throw problem("line \(index + 1) of \(path): \(error.problem)", remedy: error.remedy)
            }
        }
        guard !networks.isEmpty else {
            throw problem(
                "\(path) lists no address", remedy: "write those that the sender publishes into it, one a line")
        }
        return networks
    }

    private static func isSpace(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\r"
    }

    private static func problem(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.verify, .badValue, "has ip= whose file cannot be used: \(problem)", remedy: remedy)
    }
}
