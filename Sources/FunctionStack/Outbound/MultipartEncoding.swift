import Values

/// Writes values as `multipart/form-data` (RFC 7578): fields as a form names them, and files.
struct MultipartEncoding {
    private let boundary: String
    private let limit: Int
    private var output: [UInt8] = []

    init(boundary: String, limit: Int) {
        self.boundary = boundary
        self.limit = limit
    }

    mutating func append(_ value: Value) throws {
        var encoding = self
        try FormEncoding.leaves(of: value, isLeaf: Self.isFile) { name, leaf in try encoding.append(name, leaf) }
        self = encoding
    }

    consuming func finished() -> [UInt8] {
        output.append(contentsOf: "--\(boundary)--\r\n".utf8)
        return output
    }

    /// What an input of the type `file` gives: `name`, `mime`, `data` and more.
    private static func isFile(_ object: Object) -> Bool {
        guard case .text? = object["name"], case .text? = object["data"] else { return false }
        return object.contains("mime") || object.contains("type")
    }

    private mutating func append(_ name: Text, _ leaf: Value) throws {
        output.append(contentsOf: "--\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8)
        appendQuoted(name)
        output.append(UInt8(ascii: "\""))
        if case .object(let file) = leaf {
            output.append(contentsOf: "; filename=\"".utf8)
            appendQuoted(file["name"]?.text ?? "")
            output.append(contentsOf: "\"\r\nContent-Type: \(Self.type(file))\r\n\r\n".utf8)
            (file["data"]?.text ?? "").append(to: &output)
        } else {
            output.append(contentsOf: "\r\n\r\n".utf8)
            leaf.formText.append(to: &output)
        }
        output.append(contentsOf: "\r\n".utf8)
        guard output.count <= limit else { throw StackError.tooLargeToSend(limit) }
    }

    /// As browsers do: a quote and the ends of a line are percent-encoded, so that no name ends the header.
    private mutating func appendQuoted(_ text: Text) {
        for byte in text.bytes {
            switch byte {
            case UInt8(ascii: "\""): output.append(contentsOf: "%22".utf8)
            case 0x0d: output.append(contentsOf: "%0D".utf8)
            case 0x0a: output.append(contentsOf: "%0A".utf8)
            case 0: break
            default: output.append(byte)
            }
        }
    }

    private static func type(_ file: Object) -> String {
        guard let text = file["mime"]?.text.string, let type = MediaType(text), !type.subtype.isEmpty else {
            return "application/octet-stream"
        }
        return "\(type.type)/\(type.subtype)"
    }
}
