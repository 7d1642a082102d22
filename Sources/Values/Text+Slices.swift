extension Text {
    /// The bytes of a range, clamped to the text.
    package func slice(_ range: Range<Int>) -> Text {
        withBytes { bytes in
            let bounds = range.clamped(to: bytes.indices)
            if bounds == bytes.indices { return self }
            return Text(bytes.extracting(bounds))
        }
    }

    /// Where `needle` is found first, in bytes, from byte `start` on. An empty needle is found at `start`.
    package func firstIndex(of needle: Text, from start: Int = 0) -> Int? {
        withBytes { bytes in
            needle.withBytes { bytes.firstIndex(of: $0, from: start) }
        }
    }

    package func contains(_ needle: Text) -> Bool {
        firstIndex(of: needle) != nil
    }

    package func hasPrefix(_ prefix: Text) -> Bool {
        withBytes { bytes in
            prefix.withBytes { prefix in
                bytes.count >= prefix.count && bytes.extracting(first: prefix.count).hasSameBytes(as: prefix)
            }
        }
    }

    package func hasSuffix(_ suffix: Text) -> Bool {
        withBytes { bytes in
            suffix.withBytes { suffix in
                bytes.count >= suffix.count && bytes.extracting(last: suffix.count).hasSameBytes(as: suffix)
            }
        }
    }

    /// The pieces between the occurrences of a separator that is not empty; one piece more than occurrences.
    package func split(separator: Text) -> [Text] {
        withBytes { bytes in
            separator.withBytes { separator in
                var pieces: [Text] = []
                var search = ByteSearch(separator)
                var start = 0
                while !separator.isEmpty, let found = search.next(separator, in: bytes, from: start) {
                    pieces.append(Text(bytes.extracting(start..<found)))
                    start = found + separator.count
                }
                pieces.append(Text(bytes.extracting(start..<bytes.count)))
                return pieces
            }
        }
    }

    /// The text with every occurrence of `needle` replaced, from left to right. An empty needle replaces nothing.
    package func replacing(_ needle: Text, with replacement: Text) -> Text {
        guard !needle.isEmpty else { return self }
        return withBytes { bytes in
            needle.withBytes { needle in
                var search = ByteSearch(needle)
                guard var found = search.next(needle, in: bytes, from: 0) else { return self }
                var result: [UInt8] = []
                result.reserveCapacity(bytes.count)
                var start = 0
                while true {
                    result.append(contentsOf: bytes, in: start..<found)
                    replacement.append(to: &result)
                    start = found + needle.count
                    guard let next = search.next(needle, in: bytes, from: start) else { break }
                    found = next
                }
                result.append(contentsOf: bytes, in: start..<bytes.count)
                return Text(bytes: result)
            }
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a range of a span.
    package mutating func append(contentsOf bytes: Span<UInt8>, in range: Range<Int>) {
        append(addingCapacity: range.count) { output in
            for index in range { output.append(bytes[index]) }
        }
    }
}
