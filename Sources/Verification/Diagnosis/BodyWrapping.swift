internal import Cryptography
internal import Values

/// Bodies that were wrapped into something else, or unwrapped.
struct BodyWrapping {
    private let request: AlteredRequest
    private var body: [UInt8] { request.body }

    /// What is inside of an envelope is looked for in no more.
    private static let maximumByteCount = 4 << 20
    /// Members of an envelope that hold the body as text.
    private static let members: [Text] = ["body", "rawBody", "payload", "data", "Message"]

    init(_ request: AlteredRequest) {
        self.request = request
    }

    var suspicions: [Suspicion] {
        [none] + text + envelope + base64 + [chunks, length, boundary, inflated].compactMap { $0 }
    }

    private var none: Suspicion {
        Suspicion(
            .bodyEmpty, "it matches with an empty body: the sender signed none, or the signature is another request's",
            cost: 0
        ) { [] }
    }

    // MARK: JSON in JSON

    private var text: [Suspicion] {
        guard body.count <= Self.maximumByteCount else { return [] }
        var suspicions = [
            Suspicion(
                .bodyJSONText,
                "it matches with the body as a text in JSON, in quotes: something took the text out of them",
                cost: body.count * 6
            ) { JSON.print(.text(Text(bytes: body))) }
        ]
        if body.first == UInt8(ascii: "\"") {
            suspicions.append(
                Suspicion(
                    .bodyJSONText,
                    "it matches with the text that the body is in JSON: something printed the body as a text, in "
                        + "quotes",
                    cost: body.count * 6
                ) {
                    guard case .text(let text)? = try? JSON.parse(body) else { return nil }
                    return text.bytes
                })
        }
        if body.contains(UInt8(ascii: "\\")) {
            suspicions.append(
                Suspicion(
                    .bodyJSONText, "it matches without the backslashes before quotes: something escaped the body",
                    cost: body.count
                ) {
                    body.substituting("\\\"", with: "\"")
                })
        }
        return suspicions
    }

    private var envelope: [Suspicion] {
        guard body.count <= Self.maximumByteCount, case .object(let object)? = EventIdentity.json(body) else {
            return []
        }
        return Self.members.flatMap { name -> [Suspicion] in
            guard case .text(let text)? = object[name] else { return [] }
            let sentence =
                "it matches with the text of the member \(name.string): something put the body into an envelope, so "
                + "take it out"
            return [
                Suspicion(.bodyJSONText, sentence, cost: body.count) { text.bytes },
                Suspicion(.bodyJSONText, "\(sentence) and decode it from base 64", cost: body.count) {
                    text.withBytes { Base64.standard.decode($0, padding: .optional) }
                },
            ]
        }
    }

    private var base64: [Suspicion] {
        guard body.count <= Self.maximumByteCount else { return [] }
        return [
            Suspicion(
                .bodyBase64,
                "it matches with the body decoded from base 64: something encoded it, as gateways of clouds do with "
                    + "what they "
                    + "take for binary", cost: body.count * 2
            ) {
                let text = body[...].trimmingSpace
                return Base64.standard.decode(text.span, padding: .optional)
            },
            Suspicion(
                .bodyBase64, "it matches with the body in base 64: something decoded it", cost: body.count * 2
            ) {
                Array(Base64.standard.encode(body).utf8)
            },
        ]
    }

    // MARK: Framing

    private var chunks: Suspicion? {
        guard let content = ChunkedBody.content(of: body) else { return nil }
        return Suspicion(
            .bodyChunks,
            "it matches without the lengths of chunks in the body: it was recorded as it went over the wire",
            cost: body.count
        ) { content }
    }

    private var length: Suspicion? {
        guard let value = request.value(ofHeader: "Content-Length"), let length = ASCIIDigits.value(value),
            length < Int64(body.count)
        else { return nil }
        return Suspicion(
            .bodyLonger,
            "it matches with the first \(length) bytes of the body, as many as Content-Length says: something added "
                + "the rest",
            cost: body.count
        ) { Array(body.prefix(Int(length))) }
    }

    private var boundary: Suspicion? {
        guard request.contentType.hasPrefix("multipart/"),
            let type = request.text(ofHeader: "Content-Type").flatMap({ MediaType($0) }),
            let boundary = type["boundary"], let own = BodyState.boundary(of: body), own != boundary
        else { return nil }
        return Suspicion(
            .bodyBoundary,
            "it matches with the boundary that Content-Type names: something put the form together again under "
                + "another one",
            cost: body.count * 2
        ) { body.substituting(Array("--\(own)".utf8), with: Array("--\(boundary)".utf8)) }
    }

    private var inflated: Suspicion? {
        guard GZip.isCompressed(body) else { return nil }
        return Suspicion(
            .bodyCompressed,
            "it matches with the body decompressed: something compressed it with gzip after it was signed",
            cost: body.count * 20
        ) { GZip.decompressed(body, limit: Self.maximumByteCount) }
    }
}
