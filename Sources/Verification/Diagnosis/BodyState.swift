internal import Values

/// What a body shows by itself, without a signature that would prove it.
struct BodyState {
    private let patient: Patient
    private var request: AlteredRequest { patient.request }
    private var body: [UInt8] { request.body }

    private static let maximumByteCount = 4 << 20

    init(_ patient: Patient) {
        self.patient = patient
    }

    var findings: [Finding] {
        [empty ?? length ?? cut, compressed, replaced, boundary].compactMap { $0 }
    }

    private func likely(_ mistake: Mistake, _ sentence: String) -> Finding {
        Finding(mistake, sentence, isProved: false)
    }

    private var declared: Int64? { request.value(ofHeader: "Content-Length").flatMap { ASCIIDigits.value($0) } }

    private var empty: Finding? {
        guard body.isEmpty, declared != 0, declared != nil || !request.contentType.isEmpty, request.method != "GET"
        else { return nil }
        return likely(
            .bodyEmpty,
            "the body is empty, though \(declared == nil ? "a content type came" : "Content-Length is not 0"): "
                + "something has read it "
                + "before, such as a framework's parser or a proxy that does not pass it on")
    }

    private var length: Finding? {
        guard let declared, declared != Int64(body.count) else { return nil }
        return declared > Int64(body.count)
            ? likely(.bodyCut, "the body has \(body.count) bytes and Content-Length says \(declared): it was cut short")
            : likely(
                .bodyLonger,
                "the body has \(body.count) bytes and Content-Length says \(declared): something made it longer after "
                    + "the length was set"
            )
    }

    private var cut: Finding? {
        guard let first = body[...].trimmingSpace.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            body.count <= Self.maximumByteCount
        else { return nil }
        do throws(JSONError) {
            _ = try JSON.parse(body)
            return nil
        } catch {
            guard case .unexpectedEnd = error.kind else { return nil }
            return likely(.bodyCut, "the body is JSON that ends too early, after \(body.count) bytes: it was cut short")
        }
    }

    private var compressed: Finding? {
        if GZip.isCompressed(body) {
            return likely(
                .bodyCompressed,
                "the body is compressed with gzip: if the sender did not send it so, something on the way compressed "
                    + "it; signatures of "
                    + "most senders are over what they compress")
        }
        guard let encoding = request.text(ofHeader: "Content-Encoding")?.lowercased(),
            ["gzip", "br", "deflate", "zstd"].contains(encoding),
            !body.isEmpty
        else { return nil }
        return encoding == "gzip"
            ? likely(
                .bodyCompressed,
                "Content-Encoding says gzip, and the body is not compressed: something on the way decompressed it, "
                    + "and the signature may be "
                    + "over the compressed bytes")
            : likely(
                .bodyCompressed,
                "Content-Encoding says \(encoding): the signature may be over the body as it was before, or after")
    }

    private var replaced: Finding? {
        guard body.contains([0xEF, 0xBF, 0xBD]) else { return nil }
        return likely(
            .bodyCharset,
            "the body holds U+FFFD, which stands for bytes that were no UTF-8: something read it in the wrong "
                + "charset, and they are lost"
        )
    }

    private var boundary: Finding? {
        guard request.contentType.hasPrefix("multipart/"),
            let type = request.text(ofHeader: "Content-Type").flatMap({ MediaType($0) }),
            let named = type["boundary"], let own = Self.boundary(of: body), own != named
        else { return nil }
        return likely(
            .bodyBoundary,
            "the form's boundary is not the one that Content-Type names: something parsed the form and put it "
                + "together again"
        )
    }

    /// The boundary that a multipart body begins with.
    static func boundary(of body: [UInt8]) -> String? {
        guard body.starts(with: "--".utf8) else { return nil }
        let line = body.dropFirst(2).prefix(72).prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        return (1...70).contains(line.count) ? String(validating: line, as: UTF8.self) : nil
    }
}

extension [UInt8] {
    /// Whether some bytes stand somewhere.
    fileprivate func contains(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, count >= bytes.count else { return false }
        return indices.dropLast(bytes.count - 1).contains {
            self[$0] == first && self[$0..<$0 + bytes.count].elementsEqual(bytes)
        }
    }
}
