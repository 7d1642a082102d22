internal import CPCRE2
package import Values

/// A regular expression of PCRE2, compiled.
///
/// It works on bytes; with the flag `u` on UTF-8. It is not compiled to machine code: that gains little on the short
/// texts of events, and a hardened service may not make memory executable.
@safe package final class RegularExpression: Sendable {
    // A compiled pattern is never changed, and several threads may match with it (pcre2api, MULTITHREADING).
    nonisolated(unsafe) private let code: OpaquePointer
    package let isUnicode: Bool
    /// Number of groups, without the whole match.
    package let groupCount: Int
    /// Names of groups with their numbers.
    package let groupNames: [(name: Text, number: Int)]

    /// - Parameter source: a pattern between delimiters with flags behind, as PHP's `preg` functions take it.
    /// - Throws: `StackError` that says what is wrong, and where.
    package init(_ source: Text) throws {
        let parsed = try PatternSource(source)
        isUnicode = parsed.isUnicode
        unsafe code = try Self.compile(parsed)
        groupCount = unsafe Self.count(PCRE2_INFO_CAPTURECOUNT, of: code)
        groupNames = unsafe Self.names(of: code)
    }

    deinit {
        unsafe pcre2_code_free_8(code)
    }

    private static func compile(_ source: PatternSource) throws -> OpaquePointer {
        let context = unsafe pcre2_compile_context_create_8(nil)
        defer { unsafe pcre2_compile_context_free_8(context) }
        unsafe pcre2_set_max_pattern_length_8(context, 65_536)
        var error: Int32 = 0
        var offset = 0
        // A callout before each item counts the work of a match, see `MatchWork`.
        let options = source.options | PCRE2_AUTO_CALLOUT | PCRE2_NEVER_BACKSLASH_C
        let code = unsafe source.pattern.withUnsafeBufferPointer { bytes in
            unsafe pcre2_compile_8(bytes.baseAddress, bytes.count, options, &error, &offset, context)
        }
        guard let code = unsafe code else {
            throw StackError.mistake(
                "The regular expression \(source.shown) is wrong at byte \(offset): \(PCREMessage.text(error))")
        }
        return unsafe code
    }

    private static func count(_ what: Int32, of code: OpaquePointer) -> Int {
        var count: UInt32 = 0
        unsafe pcre2_pattern_info_8(code, UInt32(what), &count)
        return Int(count)
    }

    /// The table of names: entries of one size, each a number of two bytes, then the name, ended by a zero.
    private static func names(of code: OpaquePointer) -> [(name: Text, number: Int)] {
        let count = unsafe Self.count(PCRE2_INFO_NAMECOUNT, of: code)
        let size = unsafe Self.count(PCRE2_INFO_NAMEENTRYSIZE, of: code)
        var table: UnsafePointer<UInt8>?
        guard count > 0, unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table) == 0,
            let table = unsafe table
        else { return [] }
        let bytes = unsafe UnsafeBufferPointer(start: table, count: count * size)
        return (0..<count).map { entry in
            let start = entry * size
            let name = unsafe bytes[(start + 2)..<(start + size)].prefix { $0 != 0 }
            let number = unsafe Int(bytes[start]) << 8 | Int(bytes[start + 1])
            return unsafe (Text(bytes: Array(name)), number)
        }
    }
}

extension RegularExpression {
    /// Gives each match in turn to `body`, until it returns false.
    ///
    /// - Throws: `StackError` if a match takes more work than it may, or if the pattern wants UTF-8 and the subject is
    ///   none.
    package func forEachMatch(
        in subject: Text, budget: Budget, _ body: (RegularExpressionMatch) throws -> Bool
    ) throws {
        guard !isUnicode || subject.isUTF8 else {
            throw StackError(.inputError, "The text is not valid UTF-8, as the flag u of the regular expression demands")
        }
        try subject.withBytes { bytes in
            let matcher = unsafe try Matcher(code, subjectCount: bytes.count, isUnicode: isUnicode)
            defer { matcher.free() }
            var start = 0
            // After an empty match: look for one that is not empty right there, else go on one character behind.
            var wasEmpty = false
            while start <= bytes.count {
                let found = try matcher.match(bytes, from: start, notEmptyHere: wasEmpty, budget: budget)
                guard let found else {
                    guard wasEmpty else { return }
                    wasEmpty = false
                    start = next(after: start, in: bytes)
                    continue
                }
                guard try body(found) else { return }
                wasEmpty = found.whole.isEmpty
                start = max(start, found.whole.upperBound)
            }
        }
    }

    /// The first match.
    package func firstMatch(in subject: Text, budget: Budget) throws -> RegularExpressionMatch? {
        var first: RegularExpressionMatch?
        try forEachMatch(in: subject, budget: budget) { match in
            first = match
            return false
        }
        return first
    }

    private func next(after index: Int, in bytes: Span<UInt8>) -> Int {
        var index = index + 1
        while isUnicode, index < bytes.count, bytes[index] & 0xc0 == 0x80 { index += 1 }
        return index
    }
}

/// Where a regular expression matched.
package struct RegularExpressionMatch: Sendable {
    /// The whole match, then each group; nil for a group that took no part.
    package let ranges: [Range<Int>?]

    package var whole: Range<Int> { ranges[0] ?? 0..<0 }
}

/// The messages of PCRE2.
enum PCREMessage {
    static func text(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.count
        let length = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            unsafe pcre2_get_error_message_8(code, buffer.baseAddress, count)
        }
        guard length > 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
    }
}
