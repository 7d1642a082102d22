/// Looks through the records of a FastCGI request that have arrived, before libfcgi reads them.
///
/// libfcgi blocks until a request's parameters are there, allocates whatever lengths they claim (and ends
/// the process where that fails), and writes past a buffer for certain management records. So nothing is
/// given to it that does not begin as a request with bounded parameters that are all there.
struct RecordScan {
    enum Finding: Equatable {
        /// The parameters have not arrived completely.
        case partial
        /// The parameters are there, the body is not, or not yet.
        case head
        /// All of the request is there; `isLast` if nothing comes behind it.
        case whole(isLast: Bool)
        case broken(String)
    }

    /// Parameters larger than this are refused: web servers stop far below.
    static let maximumHead = 64 * 1024

    private enum Record {
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
        var at = 16 + begin.padding
        var walk = ParameterWalk()
        var hasHead = false
        while let header = header(bytes, at) {
            guard bytes[at] == 1, header.id != 0 else { return .broken("a record came that is none of a request") }
            let content = at + 8..<at + 8 + header.contentLength
            at = content.upperBound + header.padding
            if hasHead {
                // Whatever else comes among the body's records is for libfcgi to judge.
                guard header.id == begin.id, header.type == Record.input else { return .head }
                if header.contentLength == 0, at <= bytes.count { return .whole(isLast: at == bytes.count) }
                continue
            }
            guard header.id == begin.id, header.type == Record.parameters else {
                return .broken("a record came among the parameters")
            }
            guard content.upperBound <= maximumHead else { return .broken("its parameters are too large") }
            if header.contentLength == 0 {
                guard walk.isBetweenPairs else { return .broken("its parameters end within one") }
                hasHead = at <= bytes.count
            } else if content.upperBound <= bytes.count {
                guard walk.step(bytes.extracting(content)) else { return .broken("a parameter is too large") }
            }
        }
        return hasHead ? .head : .partial
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
