/// Bytes of FastCGI records, as a web server would send them, or as it never would.
enum FastCGI {
    static func record(_ type: UInt8, id: Int = 1, _ content: [UInt8] = [], padding: Int = 0) -> [UInt8] {
        [
            1, type, UInt8(id >> 8), UInt8(id & 255), UInt8(content.count >> 8), UInt8(content.count & 255),
            UInt8(padding), 0,
        ] + content + [UInt8](repeating: 0, count: padding)
    }

    static func begin(id: Int = 1, role: Int = 1, keep: Bool = false) -> [UInt8] {
        record(1, id: id, [UInt8(role >> 8), UInt8(role & 255), keep ? 1 : 0, 0, 0, 0, 0, 0])
    }

    static func length(_ count: Int) -> [UInt8] {
        count < 128
            ? [UInt8(count)]
            : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }

    static func pair(_ name: String, _ value: [UInt8]) -> [UInt8] {
        length(name.utf8.count) + length(value.count) + Array(name.utf8) + value
    }

    static func pair(_ name: String, _ value: String) -> [UInt8] {
        pair(name, Array(value.utf8))
    }

    /// The parameters of a request, split into records of at most `size` bytes of content.
    static func parameters(id: Int = 1, _ pairs: [(String, String)], size: Int = 65535) -> [UInt8] {
        chunks(pairs.flatMap { pair($0.0, $0.1) }, size).flatMap { record(4, id: id, $0) } + record(4, id: id)
    }

    /// A body with the record that ends it.
    static func input(id: Int = 1, _ body: [UInt8], size: Int = 65535) -> [UInt8] {
        chunks(body, size).flatMap { record(5, id: id, $0, padding: $0.count % 8) } + record(5, id: id)
    }

    private static func chunks(_ bytes: [UInt8], _ size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }

    /// A whole request as nginx sends it.
    static func request(
        _ path: String = "/", id: Int = 1, method: String = "POST", body: [UInt8] = [], length: String? = nil,
        keep: Bool = false, role: Int = 1, extra: [(String, String)] = []
    ) -> [UInt8] {
        begin(id: id, role: role, keep: keep)
            + parameters(
                id: id,
                [
                    ("REQUEST_METHOD", method), ("REQUEST_URI", path),
                    ("CONTENT_LENGTH", length ?? String(body.count)),
                ] + extra)
            + input(id: id, body)
    }
}
