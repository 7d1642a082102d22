/// A kind of mistake that the doctor knows. `Documentation/Doctor.md` lists them in these words.
package enum Mistake: String, CaseIterable, Sendable {
    case secretSpace = "secret-space"
    case secretLineEnd = "secret-line-end"
    case secretQuotes = "secret-quotes"
    case secretInvisible = "secret-invisible"
    case secretName = "secret-name"
    case secretEscapes = "secret-escapes"
    case secretLines = "secret-lines"
    case secretPrefix = "secret-prefix"
    case secretBase64 = "secret-base64"
    case secretURLSafe = "secret-url-safe"
    case secretHexadecimal = "secret-hexadecimal"
    case secretLetterCase = "secret-letter-case"
    case secretKind = "secret-kind"
    case secretOther = "secret-other"
    case secretTestMode = "secret-test-mode"

    case bodyEnd = "body-end"
    case bodyLineEnds = "body-line-ends"
    case bodyMark = "body-mark"
    case bodyCharset = "body-charset"
    case bodyJSON = "body-json"
    case bodyJSONEscapes = "body-json-escapes"
    case bodyJSONNumbers = "body-json-numbers"
    case bodyJSONOrder = "body-json-order"
    case bodyJSONText = "body-json-text"
    case bodyForm = "body-form"
    case bodyFormField = "body-form-field"
    case bodyBoundary = "body-boundary"
    case bodyCompressed = "body-compressed"
    case bodyBase64 = "body-base64"
    case bodyChunks = "body-chunks"
    case bodyEmpty = "body-empty"
    case bodyCut = "body-cut"
    case bodyLonger = "body-longer"

    case timeUnit = "time-unit"
    case timeClock = "time-clock"
    case timeZone = "time-zone"
    case timeOld = "time-old"

    case addressOrigin = "address-origin"
    case addressPath = "address-path"
    case addressQuery = "address-query"

    case otherSender = "other-sender"
    case formerRule = "former-rule"
    case signatureAlgorithm = "signature-algorithm"
    case signatureForm = "signature-form"
    case signedBytes = "signed-bytes"
    case signatureCut = "signature-cut"
    case headerName = "header-name"
    case headerMissing = "header-missing"
    case headerRepeated = "header-repeated"
    case headerValue = "header-value"

    case tokenPlace = "token-place"
    case tokenPrefix = "token-prefix"
    case tokenLetterCase = "token-letter-case"
    case tokenUser = "token-user"
}

extension Mistake {
    /// What a mistake is about.
    package enum Part: String, CaseIterable, Sendable {
        case secret = "The secret"
        case body = "The body"
        case time = "The time"
        case address = "The address"
        case scheme = "The sender, its scheme and its headers"
        case token = "Tokens and passwords"
    }

    package var part: Part {
        switch rawValue.prefix(while: { $0 != "-" }) {
        case "secret": .secret
        case "body": .body
        case "time": .time
        case "address": .address
        case "token": .token
        default: .scheme
        }
    }
}
