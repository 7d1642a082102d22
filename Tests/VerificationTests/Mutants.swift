import Verification

/// Forged forms of a request that verifies.
struct Mutant: Sendable {
    var what: String
    var request: TestRequest
}

extension Vector {
    private func isUnsigned(_ header: String) -> Bool { unsigned.contains(header.lowercased()) }
    private func isRemovable(_ header: String) -> Bool { removable.contains(header.lowercased()) }

    /// Each header that counts: gone, twice, twice with another value first, empty, and with a space.
    var headerMutants: [Mutant] {
        request.headers.indices.flatMap { index -> [Mutant] in
            let header = request.headers[index]
            guard !isUnsigned(header.name) else { return [] }
            var mutants: [Mutant] = []
            func add(_ what: String, _ change: (inout TestRequest) -> Void) {
                var request = request
                change(&request)
                mutants.append(Mutant(what: "\(header.name) \(what)", request: request))
            }
            if !isRemovable(header.name) { add("removed") { $0.headers.remove(at: index) } }
            add("doubled") { $0.headers.append(header) }
            add("preceded by another") { $0.headers.insert((header.name.uppercased(), Array("x".utf8)), at: 0) }
            add("followed by an empty one") { $0.headers.append((header.name.lowercased(), [])) }
            add("emptied") { $0.headers[index].value = [] }
            return mutants
        }
    }

    /// Bits of the body flipped, bytes added and taken away.
    var bodyMutants: [Mutant] {
        guard !unsigned.contains("body") else { return [] }
        let body = request.body
        func mutant(_ what: String, _ body: [UInt8]) -> Mutant {
            var request = request
            request.body = body
            return Mutant(what: "body \(what)", request: request)
        }
        var mutants = [mutant("with a byte after it", body + [0x20]), mutant("with a byte before it", [0x20] + body)]
        guard !body.isEmpty else { return mutants }
        mutants.append(mutant("without its last byte", body.dropLast()))
        mutants.append(mutant("without its first byte", Array(body.dropFirst())))
        mutants.append(mutant("gone", []))
        mutants.append(mutant("twice", body + body))
        for index in stride(from: 0, to: body.count, by: max(1, body.count / 24)) {
            for bit in [0, 5, 7] {
                var flipped = body
                flipped[index] ^= 1 << bit
                mutants.append(mutant("with bit \(bit) of byte \(index) flipped", flipped))
            }
        }
        return mutants
    }

    /// Each character of a value changed, taken away, and with another before it.
    func valueMutants(of index: Int) -> [Mutant] {
        let (name, value) = request.headers[index]
        func mutant(_ what: String, _ value: [UInt8]) -> Mutant {
            var request = request
            request.headers[index].value = value
            return Mutant(what: "\(name) \(what)", request: request)
        }
        var mutants: [Mutant] = []
        for position in value.indices {
            var removed = value
            removed.remove(at: position)
            mutants.append(mutant("without character \(position)", removed))
            for byte in Array("0A=, \t".utf8) + [value[position] ^ 0x20, value[position] ^ 1, 0xFF] {
                var inserted = value
                inserted.insert(byte, at: position)
                mutants.append(mutant("with \(byte) before character \(position)", inserted))
                guard byte != value[position] else { continue }
                var changed = value
                changed[position] = byte
                mutants.append(mutant("with \(byte) in place of character \(position)", changed))
            }
        }
        for suffix in ["0", "A", "=", " ", ",", "\0", "\n", "=="] {
            mutants.append(mutant("with \(suffix.debugDescription) at its end", value + Array(suffix.utf8)))
        }
        for other in Reencoding.mutants(of: String(decoding: value, as: UTF8.self)) {
            mutants.append(mutant("as \(other)", Array(other.utf8)))
        }
        for half in [value.prefix(value.count / 2), value.suffix(value.count / 2)] {
            mutants.append(mutant("cut to half", Array(half)))
        }
        mutants.append(mutant("in capitals", Array(String(decoding: value, as: UTF8.self).uppercased().utf8)))
        mutants.append(mutant("in small letters", Array(String(decoding: value, as: UTF8.self).lowercased().utf8)))
        return mutants.filter { $0.request.headers[index].value != value }
    }

    /// Where a secret is the key: of one in PEM, in the form of X.509 or in JSON not what stands around it.
    private func keyPositions(of secret: String) -> Range<Int> {
        let bytes = Array(secret.utf8)
        if secret.hasPrefix("-----BEGIN") {
            let lines = bytes.split(separator: UInt8(ascii: "\n"))
            return lines.count > 3 ? lines[2].startIndex..<lines[2].endIndex : lines[1].startIndex + 20..<lines[1].endIndex - 4
        }
        if secret.hasPrefix("{") {
            let values = bytes.split(separator: UInt8(ascii: "\"")).filter { $0.count >= 40 }
            return values.first.map { $0.startIndex..<$0.endIndex } ?? 0..<0
        }
        return secret.hasPrefix("MFkw") ? 40..<bytes.count - 4 : 0..<bytes.count
    }

    /// Each secret with one bit of one byte flipped.
    var keyMutants: [[String]] {
        secrets.indices.flatMap { line in
            keyPositions(of: secrets[line]).compactMap { position -> [String]? in
                var bytes = Array(secrets[line].utf8)
                bytes[position] ^= 1
                guard let secret = String(validating: bytes, as: UTF8.self), bytes[position] > 0x20 else { return nil }
                var secrets = secrets
                secrets[line] = secret
                return secrets
            }
        }
    }
}
