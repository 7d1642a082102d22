internal import Cryptography
internal import Values

/// A word of a template whose bytes do not stand in the request as they are signed.
enum DerivedWord: Sendable, Equatable {
    /// The text at a place in the JSON document, or a number, `true` or `false` as JSON writes it.
    case json(JSONPointer)
    /// The value of a form's field, decoded.
    case form(String)
    /// All fields of a form sorted by name, name and value joined.
    case sortedForm
    case checksum(BodyChecksum)
    /// The address with those characters decoded that HubSpot decodes.
    case decodedURL
    /// Path and query as Contentful escapes them.
    case escapedPath
    /// The headers that the request lists.
    case canonicalHeaders

    var readsForm: Bool {
        switch self {
        case .form, .sortedForm: true
        default: false
        }
    }

    var readsJSON: Bool { if case .json = self { true } else { false } }

    var readsURI: Bool { self == .decodedURL || self == .escapedPath }

    /// Whether it stands for something of the body.
    var readsBody: Bool {
        switch self {
        case .json, .form, .sortedForm, .checksum: true
        case .decodedURL, .escapedPath, .canonicalHeaders: false
        }
    }

    /// Whether its length is not always the same.
    var varies: Bool {
        if case .checksum(.digest) = self { false } else { true }
    }

    /// Whether a changed body changes it, whatever somebody tries.
    var coversBody: Bool {
        switch self {
        case .sortedForm, .checksum(.digest): true
        default: false
        }
    }
}

/// A short value that stands for the body.
enum BodyChecksum: Sendable, Equatable {
    /// In decimal digits. It shows accidents only: whoever wants to can change a body and keep it.
    case crc32
    /// In lower-case hexadecimal.
    case digest(DigestAlgorithm)

    func text(of body: [UInt8]) throws(CryptographyError) -> [UInt8] {
        switch self {
        case .crc32: Array(String(CRC32.checksum(of: body.span)).utf8)
        case .digest(let algorithm): Array(try algorithm.digest(of: body).hexadecimal.utf8)
        }
    }
}
