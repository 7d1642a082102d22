internal import Synchronization
package import Values

extension Zone {
    /// The zone of a name: one of the IANA's (`Europe/Berlin`), `UTC`, an offset (`+02:00`), or an abbreviation that is
    /// widely known (`EST`).
    ///
    /// - Throws: `StackError` if there is none.
    package static func named(_ name: String) throws -> Zone {
        if let zone = known(name) { return zone }
        throw StackError.mistake(
            "There is no time zone \(name.prefix(80)); names are like Europe/Berlin, UTC or +02:00, and need the host's tzdata")
    }

    /// The zone that a filter's argument names; UTC for null and empty text.
    ///
    /// - Throws: `StackError` if there is none.
    package static func named(_ value: Value, for filter: String) throws -> Zone {
        guard value != .null else { return .utc }
        let name = try value.textOperand(filter)
        return name.isEmpty ? .utc : try named(name.string)
    }

    static func known(_ name: String) -> Zone? {
        if name.isEmpty || name == "UTC" { return name.isEmpty ? nil : .utc }
        if let offset = offset(name) { return Zone(offset: offset, name: text(offset: offset), abbreviation: text(offset: offset)) }
        if let zone = abbreviation(name) { return zone }
        if let zone = cache.withLock({ $0[name] }) { return zone }
        guard let zone = read(name) else { return nil }
        // The names are those of existing files: there cannot be many.
        cache.withLock { $0[name] = zone }
        return zone
    }

    private static let cache = Mutex<[String: Zone]>([:])

    /// Abbreviations that mean one thing only in practice; those of summer time are an hour ahead of the others.
    private static let abbreviations: [String: (offset: Int, isDaylight: Bool)] = [
        "utc": (0, false), "gmt": (0, false), "z": (0, false), "wet": (0, false), "west": (1, true), "bst": (1, true),
        "cet": (1, false), "cest": (2, true), "eet": (2, false), "eest": (3, true), "msk": (3, false),
        "est": (-5, false), "edt": (-4, true), "cst": (-6, false), "cdt": (-5, true), "mst": (-7, false),
        "mdt": (-6, true), "pst": (-8, false), "pdt": (-7, true), "akst": (-9, false), "akdt": (-8, true),
        "hst": (-10, false), "jst": (9, false), "kst": (9, false), "aest": (10, false), "aedt": (11, true),
        "acst": (9, false), "awst": (8, false), "nzst": (12, false), "nzdt": (13, true),
    ]

    private static func abbreviation(_ name: String) -> Zone? {
        guard name.utf8.count <= 4, let known = abbreviations[name.lowercased()] else { return nil }
        let half = name.lowercased() == "acst" ? 1_800 : 0
        let shown = name.uppercased() == "Z" ? "Z" : name.uppercased()
        return Zone(offset: known.offset * 3_600 + half, name: shown, abbreviation: shown, isDaylight: known.isDaylight)
    }

    /// `+2`, `+02`, `-0530`, `+05:30`, `+053015`, `+05:30:15`, `GMT+2`: seconds ahead of UTC.
    static func offset(_ text: String) -> Int? {
        var bytes = Array(text.utf8)[...]
        if bytes.starts(with: "GMT".utf8) || bytes.starts(with: "UTC".utf8) { bytes = bytes.dropFirst(3) }
        guard let sign = bytes.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var numbers: [Int] = []
        for part in parts {
            guard (1...6).contains(part.count), part.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
            if parts.count > 1 || part.count <= 2 {
                guard part.count <= 2 else { return nil }
                numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
            } else {
                // Digits without colons: pairs from the right.
                let padded = part.count % 2 == 0 ? Array(part) : [0x30] + part
                for start in stride(from: 0, to: padded.count, by: 2) {
                    numbers.append(Int(padded[start] - 0x30) * 10 + Int(padded[start + 1] - 0x30))
                }
            }
        }
        guard numbers.count <= 3, numbers[0] <= 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        let seconds = zip(numbers, [3_600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// `+02:00`, with seconds only if there are any.
    static func text(offset: Int, separator: String = ":") -> String {
        let all = abs(offset)
        let pair: (Int) -> String = { $0 < 10 ? "0\($0)" : "\($0)" }
        let seconds = all % 60 == 0 ? "" : separator + pair(all % 60)
        return (offset < 0 ? "-" : "+") + pair(all / 3_600) + separator + pair(all / 60 % 60) + seconds
    }
}
