/// Looks through the records of a FastCGI request that have arrived, before libfcgi reads them.
///
/// libfcgi blocks until a request's parameters are there, allocates whatever lengths they claim (and ends
/// the process where that fails), and writes past a buffer of its own for certain management records. So it
/// is given only what was looked at before: whole requests, or their heads.
struct RecordScan {
    enum Finding: Equatable {
        /// The parameters have not arrived completely.
        case partial
        /// The parameters are there, in so many bytes; the body is not, or not yet.
        case head(length: Int)
        /// All of the request is there; `isLast` if nothing comes behind it.
        case whole(isLast: Bool)
        case broken(String)
    }

    /// Larger heads are refused: web servers stop far below, and a pipe holds no more.
    static let maximumHead = 64 * 1024

    enum Record {
        static let begin: UInt8 = 1
        static let parameters: UInt8 = 4
        static let input: UInt8 = 5
    }

    private struct Header {
        let type: UInt8
        let id: Int
        let contentLength: Int
        let padding: Int
    }

    /// Judges the bytes from the beginning of a request on.
    static func judge(_ bytes: Span<UInt8>) -> Finding {
        guard bytes.count > 0 else { return .partial }
        guard bytes[0] == 1 else { return .broken("it speaks no FastCGI") }
        guard let begin = header(bytes, 0) else { return .partial }
        guard begin.type == Record.begin, begin.id != 0, begin.contentLength == 8 else {
            return .broken("a record came where a request must begin")
        }
        // libfcgi 2.4.2 reads what pads these two records as records: what is hidden there would reach it unseen.
        guard begin.padding == 0 else { return .broken("its beginning is padded") }
        var at = 16
        var walk = ParameterWalk()
        var headLength: Int?
        while let header = header(bytes, at) {
            let isRecord = bytes[at] == 1 && header.id != 0
            let content = at + 8..<at + 8 + header.contentLength
            at = content.upperBound + header.padding
            if let headLength {
                guard isRecord, header.id == begin.id, header.type == Record.input else { return .head(length: headLength) }
                if header.contentLength == 0, at <= bytes.count { return .whole(isLast: at == bytes.count) }
                continue
            }
            guard isRecord, header.id == begin.id, header.type == Record.parameters else {
                return .broken("a record came among the parameters")
            }
            guard at <= maximumHead else { return .broken("its parameters are too large") }
            if header.contentLength == 0 {
                guard header.padding == 0 else { return .broken("the end of its parameters is padded") }
                guard walk.isBetweenPairs else { return .broken("its parameters end within one") }
                headLength = at <= bytes.count ? at : nil
                if headLength == nil { break }
            } else if content.upperBound <= bytes.count {
                guard walk.step(bytes.extracting(content)) else { return .broken("a parameter is too large") }
            }
        }
        return headLength.map { .head(length: $0) } ?? .partial
    }

    private static func header(_ bytes: Span<UInt8>, _ at: Int) -> Header? {
        guard at + 8 <= bytes.count else { return nil }
        return Header(
            type: bytes[at + 1], id: Int(bytes[at + 2]) << 8 | Int(bytes[at + 3]),
            contentLength: Int(bytes[at + 4]) << 8 | Int(bytes[at + 5]), padding: Int(bytes[at + 6]))
    }
}

/// Follows name-value pairs through the records that they are cut into.
private struct ParameterWalk {
    /// Bytes of the current pair's name and value that are still to come.
    private var content = 0
    /// Length fields of the current pair that were read, the value's being the second.
    private var lengthsRead = 0
    /// Bytes of the current length that are still to come.
    private var lengthBytes = 0
    private var length = 0

    var isBetweenPairs: Bool { content == 0 && lengthsRead == 0 && lengthBytes == 0 }

    /// - Returns: whether every length so far is within bounds.
    mutating func step(_ bytes: Span<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            if lengthsRead == 2 {
                let skipped = min(content, bytes.count - index)
                content -= skipped
                index += skipped
                if content == 0 { lengthsRead = 0 }
                continue
            }
            let byte = Int(bytes[index])
            index += 1
            if lengthBytes > 0 {
                length = length << 8 | byte
                lengthBytes -= 1
            } else if byte & 0x80 != 0 {
                length = byte & 0x7F
                lengthBytes = 3
            } else {
                length = byte
            }
            if lengthBytes == 0 {
                content += length
                lengthsRead += 1
                guard content <= RecordScan.maximumHead else { return false }
                if lengthsRead == 2, content == 0 { lengthsRead = 0 }
            }
        }
        return true
    }
}
