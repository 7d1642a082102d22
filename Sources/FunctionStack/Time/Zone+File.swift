internal import Glibc

extension Zone {
    /// Where hosts keep the zones of the IANA.
    static let folder = "/usr/share/zoneinfo"

    /// Reads a zone's file. The name has no dots, so that no file outside of the folder can be meant.
    static func read(_ name: String, folder: String = folder) -> Zone? {
        guard isName(name), let bytes = contents(folder + "/" + name) else { return nil }
        return Zone(name: name, file: bytes)
    }

    /// `Europe/Berlin`, `America/Argentina/Buenos_Aires`, `Etc/GMT+5`, `EST5EDT`.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= 64 && parts.count <= 3
            && parts.allSatisfy { part in
                part.first?.isASCIILetter == true
                    && part.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x5f || $0 == 0x2d || $0 == 0x2b }
            }
    }

    /// The file's bytes, if it is a plain file of at most 256 kB.
    private static func contents(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            0...262_144 ~= status.st_size
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let start = count
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
            }
            guard got > 0 else { return nil }
            count += got
        }
        return bytes
    }

    /// Reads the form that RFC 9636 describes, of version 2 or later.
    init?(name: String, file: [UInt8]) {
        var reader = ZoneFileReader(bytes: file)
        // The first block is for programs of another age.
        guard let old = reader.header(), old.version >= UInt8(ascii: "2"), reader.skip(old.length(timeSize: 4)),
            let header = reader.header(), header.typeCount > 0, header.leapCount == 0
        else { return nil }
        guard let times = reader.numbers(header.timeCount, size: 8),
            let indexes = reader.numbers(header.timeCount, size: 1),
            let types = reader.types(header.typeCount),
            let names = reader.take(header.nameLength),
            reader.skip(header.standardCount + header.utcCount)
        else { return nil }
        let settings = types.compactMap { type in
            ZoneFileReader.name(names, at: type.name).map {
                Setting(offset: type.offset, isDaylight: type.isDaylight, abbreviation: $0)
            }
        }
        guard settings.count == types.count, indexes.allSatisfy({ settings.indices.contains($0) }),
            zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
            settings.allSatisfy({ abs($0.offset) < 172_800 }), let first = settings.first
        else { return nil }
        self.init(
            name: name, transitions: zip(times, indexes).map { ($0, settings[$1]) }, first: first,
            rule: reader.footer().flatMap { ZoneRule($0) })
    }
}

/// Takes numbers of a zone's file, big-endian, never beyond its end.
private struct ZoneFileReader {
    struct Header {
        let version: UInt8
        let utcCount, standardCount, leapCount, timeCount, typeCount, nameLength: Int

        func length(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + nameLength + leapCount * (timeSize + 4) + standardCount + utcCount
        }
    }

    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.count - index else { return nil }
        defer { index += count }
        return bytes[index..<index + count]
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    mutating func header() -> Header? {
        guard let magic = take(4), magic.elementsEqual("TZif".utf8), let version = take(1)?.first, skip(15),
            let counts = numbers(6, size: 4), counts.allSatisfy({ 0...65_536 ~= $0 })
        else { return nil }
        return Header(
            version: version, utcCount: counts[0], standardCount: counts[1], leapCount: counts[2], timeCount: counts[3],
            typeCount: counts[4], nameLength: counts[5])
    }

    /// Numbers of 1, 4 or 8 bytes; those of 4 and 8 have a sign.
    mutating func numbers(_ count: Int, size: Int) -> [Int]? {
        guard let data = take(count * size) else { return nil }
        return (0..<count).map { number in
            let start = data.startIndex + number * size
            let value = data[start..<start + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return size == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(truncatingIfNeeded: value)
        }
    }

    mutating func types(_ count: Int) -> [(offset: Int, isDaylight: Bool, name: Int)]? {
        var types: [(offset: Int, isDaylight: Bool, name: Int)] = []
        for _ in 0..<count {
            guard let offset = numbers(1, size: 4)?.first, let rest = numbers(2, size: 1) else { return nil }
            types.append((offset, rest[0] == 1, rest[1]))
        }
        return types
    }

    /// What stands between the last two line feeds.
    mutating func footer() -> String? {
        guard take(1)?.first == UInt8(ascii: "\n") else { return nil }
        let line = bytes[index...].prefix { $0 != UInt8(ascii: "\n") }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    static func name(_ names: ArraySlice<UInt8>, at offset: Int) -> String? {
        guard offset < names.count else { return nil }
        return String(decoding: names[(names.startIndex + offset)...].prefix { $0 != 0 }, as: UTF8.self)
    }
}
