internal import COpenSSL

/// Why libcrypto could not do what was asked. It never holds key material.
package enum CryptographyError: Error, Sendable, Equatable {
    /// The library offers no such algorithm, for example MD5 under a FIPS configuration.
    case unavailable(DigestAlgorithm)
    /// A call failed; the reasons are those of libcrypto's error queue, the newest last.
    case failed(call: String, reasons: [String])
}

extension CryptographyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let algorithm):
            "libcrypto offers no \(algorithm.rawValue): see the providers in the host's openssl.cnf"
        case .failed(let call, let reasons):
            reasons.isEmpty ? "\(call) failed" : "\(call) failed: \(reasons.joined(separator: "; "))"
        }
    }
}

extension CryptographyError {
    /// The failure of a call, with this thread's error queue, which is empty afterwards.
    static func failure(of call: String) -> CryptographyError {
        .failed(call: call, reasons: drainErrorQueue())
    }

    private static func drainErrorQueue() -> [String] {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { return reasons }
            // The queue holds 16 entries; text of more than 256 bytes is cut by the library.
            var text = [CChar](repeating: 0, count: 256)
            unsafe ERR_error_string_n(code, &text, text.count)
            let end = text.firstIndex(of: 0) ?? text.count
            reasons.append(String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
    }
}
