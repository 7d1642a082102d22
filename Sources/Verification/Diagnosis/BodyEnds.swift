/// Mistakes at the end of the body and at the ends of its lines.
struct BodyEnds {
    private let body: [UInt8]

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ body: [UInt8]) {
        self.body = body
    }

    var suspicions: [Suspicion] { ends + lines }

    private func suspicion(_ mistake: Mistake, _ sentence: String, _ change: @escaping ([UInt8]) -> [UInt8])
        -> Suspicion
    {
        Suspicion(mistake, sentence, cost: body.count) { change(body) }
    }

    private var ends: [Suspicion] {
        var suspicions: [Suspicion] = []
        if body.last == Self.lineFeed {
            let isCRLF = body.dropLast().last == Self.carriageReturn
            if isCRLF {
                suspicions.append(
                    suspicion(
                        .bodyEnd, "it matches without the line end (CRLF) at the end of the body: something added one"
                    ) {
                        Array($0.dropLast(2))
                    })
            }
            suspicions.append(
                suspicion(
                    .bodyEnd,
                    "it matches without the line feed at the end of the body: something added one, as an editor does"
                ) {
                    Array($0.dropLast())
                })
        }
        suspicions.append(
            suspicion(.bodyEnd, "it matches with a line feed at the end of the body: something took it off") {
                $0 + [Self.lineFeed]
            })
        suspicions.append(
            suspicion(.bodyEnd, "it matches with a line end (CRLF) at the end of the body: something took it off") {
                $0 + [Self.carriageReturn, Self.lineFeed]
            })
        suspicions.append(
            suspicion(.bodyEnd, "it matches without the white space around the body: something added it") {
                $0[...].trimmingSpace
            })
        return suspicions
    }

    private var lines: [Suspicion] {
        var suspicions: [Suspicion] = []
        if body.contains(Self.carriageReturn) {
            suspicions.append(
                suspicion(
                    .bodyLineEnds,
                    "it matches with LF in place of each CRLF in the body: something changed the line ends"
                ) {
                    $0.substituting([Self.carriageReturn, Self.lineFeed], with: [Self.lineFeed])
                })
        }
        if body.contains(Self.lineFeed) {
            suspicions.append(
                suspicion(
                    .bodyLineEnds,
                    "it matches with CRLF in place of each LF in the body: something changed the line ends"
                ) {
                    $0.substituting([Self.carriageReturn, Self.lineFeed], with: [Self.lineFeed])
                        .substituting([Self.lineFeed], with: [Self.carriageReturn, Self.lineFeed])
                })
        }
        return suspicions
    }
}
