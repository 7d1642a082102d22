import Gateway
import Values
import Verification

/// A request as Verification reads it.
struct VerifiableRequest: SignedRequest {
    let environment: Environment
    let method: String
    let body: [UInt8]

    var uri: [UInt8] { environment.bytes("REQUEST_URI") ?? [] }

    var headerNames: [String] { environment.headers.map(\.name) }

    func values(ofHeader name: String) -> [[UInt8]] { environment.header(name) }

    var peer: PeerAddress { environment.peer }
}

extension Environment {
    /// Who is at the other end of the connection: `REMOTE_ADDR`, which the web server sets and no request can.
    var peer: PeerAddress {
        let variable = "REMOTE_ADDR"
        var peer = PeerAddress.missing
        var count = 0
        forEach(prefix: variable) { name, value in
            guard name.count == variable.utf8.count else { return }
            peer = PeerAddress(value)
            count += 1
        }
        return count > 1 ? .repeated(count: count) : peer
    }

    /// The request's headers by their usual names: `X_HUB_SIGNATURE_256` is `X-Hub-Signature-256` again.
    var headers: [(name: String, value: Text)] {
        var result: [(name: String, value: Text)] = []
        forEachHeader { name, value in
            result.append((Self.headerName(name), Text(value)))
        }
        return result
    }

    private static func headerName(_ variable: Span<UInt8>) -> String {
        var name: [UInt8] = []
        name.reserveCapacity(variable.count)
        var beginsWord = true
        for index in variable.indices {
            let byte = variable[index]
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            name.append(byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : isCapital && !beginsWord ? byte | 0x20 : byte)
            beginsWord = byte == UInt8(ascii: "_")
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// The path that the request is for, its percent escapes undone: `PATH_INFO`, else nginx's `DOCUMENT_URI`.
    var path: String {
        if let path = value("PATH_INFO"), !path.isEmpty { return path }
        return value("DOCUMENT_URI") ?? ""
    }

    /// Path and query as they came.
    var uri: String { value("REQUEST_URI") ?? "" }
}
