/// Why the body of a request could not be taken whole.
package enum BodyFailure: Error, Sendable, Equatable {
    /// More bytes were declared or came than the route allows.
    case tooLarge(maximum: Int)
    /// The stream ended before the declared length.
    case shorterThanDeclared(declared: Int, received: Int)
    /// More bytes came than were declared.
    case longerThanDeclared(declared: Int)
    /// The stream broke: positive numbers are `errno`, negative ones those of libfcgi (−3: the
    /// connection was closed, or a record came that does not belong there).
    case stream(code: Int)
    /// `CONTENT_LENGTH` is no number of up to 18 digits, or several of them disagree.
    case malformedLength
    /// The bytes did not arrive within the time limit.
    case timeLimit(seconds: Int)

    /// The status to answer with: 413, 408 or 400.
    package var status: Int {
        switch self {
        case .tooLarge: 413
        case .timeLimit: 408
        case .shorterThanDeclared, .longerThanDeclared, .stream, .malformedLength: 400
        }
    }
}

extension BodyFailure: CustomStringConvertible {
    /// What happened, for the log.
    package var description: String {
        switch self {
        case .tooLarge(let maximum):
            "the body is larger than \(maximum) bytes"
        case .shorterThanDeclared(let declared, let received):
            "the body ended after \(received) of \(declared) bytes"
        case .longerThanDeclared(let declared):
            "the body is longer than the \(declared) bytes that CONTENT_LENGTH declares"
        case .stream(let code):
            "the body's stream broke (\(code))"
        case .malformedLength:
            "CONTENT_LENGTH is no plain number, or is given twice and differs"
        case .timeLimit(let seconds):
            "the body did not arrive within \(seconds) s"
        }
    }
}
