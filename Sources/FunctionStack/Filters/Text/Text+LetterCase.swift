package import Values

extension Text {
    /// In lower case, by Unicode's mapping of each character; of a text that is not UTF-8 only ASCII letters.
    package func lowercased() -> Text {
        changingCase(when: { $0.isASCIIUppercase }, unicode: { $0.lowercased() })
    }

    /// In upper case, as `lowercased()`.
    package func uppercased() -> Text {
        changingCase(when: { $0.isASCIILowercase }, unicode: { $0.uppercased() })
    }

    /// With the first letter of each word in title case; the others stay. Words are separated by white space.
    package func capitalized() -> Text {
        if let string = validString, string.utf8.contains(where: { $0 >= 0x80 }) {
            var result = ""
            result.reserveCapacity(string.utf8.count)
            var isFirst = true
            for scalar in string.unicodeScalars {
                if isFirst {
                    result += scalar.properties.titlecaseMapping
                } else {
                    result.unicodeScalars.append(scalar)
                }
                isFirst = scalar.properties.isWhitespace
            }
            return Text(result)
        }
        var result = bytes
        var isFirst = true
        for index in result.indices {
            if isFirst, result[index].isASCIILowercase { result[index] ^= 0x20 }
            isFirst = result[index] == 0x20 || 0x09...0x0D ~= result[index]
        }
        return Text(bytes: result)
    }

    @inline(__always)
    private func changingCase(when isAffected: (UInt8) -> Bool, unicode: (String) -> String) -> Text {
        var seen: UInt8 = 0
        var changes = false
        withBytes { bytes in
            for index in bytes.indices {
                seen |= bytes[index]
                if isAffected(bytes[index]) { changes = true }
            }
        }
        if seen >= 0x80, let string = validString { return Text(unicode(string)) }
        guard changes else { return self }
        let result = withBytes { bytes in
            [UInt8](capacity: bytes.count) { output in
                for index in bytes.indices {
                    output.append(isAffected(bytes[index]) ? bytes[index] ^ 0x20 : bytes[index])
                }
            }
        }
        return Text(bytes: result)
    }
}
