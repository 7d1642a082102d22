import Foundation

/// Rows of a fixture: fields separated by spaces, `#` begins a comment line.
func rows(of name: String, file: String = #filePath) throws -> [[String]] {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appending(path: "Fixtures")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        line.split(separator: " ").map(String.init)
    }
}

/// Bytes as the fixtures write them: `-`, hexadecimal, or `aa*131`.
func bytes(_ text: String) -> [UInt8] {
    if text == "-" { return [] }
    let parts = text.split(separator: "*")
    let digits = Array(parts[0])
    let unit = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! }
    return parts.count == 1 ? unit : Array(repeatElement(unit, count: Int(parts[1])!).joined())
}
