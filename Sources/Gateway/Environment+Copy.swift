internal import Glibc

extension Environment {
    /// An environment of given entries, in their order.
    package init(_ entries: [(name: String, value: [UInt8])]) {
        var bytes: [UInt8] = []
        var places: [Entry] = []
        places.reserveCapacity(entries.count)
        for (name, value) in entries {
            places.append(
                Entry(start: Int32(bytes.count), nameCount: Int32(name.utf8.count), valueCount: Int32(value.count)))
            bytes.append(contentsOf: name.utf8)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: value)
        }
        self.init(bytes: bytes, entries: places)
    }

    /// An environment of given entries, in their order.
    package init(_ entries: [(name: String, value: String)]) {
        self.init(entries.map { (name: $0.name, value: Array($0.value.utf8)) })
    }

    /// The environment of this process. Names given twice (fcgiwrap) are kept twice.
    package static func ofProcess() -> Environment {
        unsafe Environment(copying: environ)
    }

    /// Copies `NAME=value` strings up to a null pointer. Strings without `=` are left out.
    @safe init(copying list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        guard let list = unsafe list else {
            self.init(bytes: [], entries: [])
            return
        }
        var places: [Entry] = []
        places.reserveCapacity(48)
        var total = 0
        var index = 0
        while let string = unsafe list[index] {
            index += 1
            let length = unsafe strlen(string)
            // Far above what the kernel, or the guard of FastCGI requests, lets pass.
            guard total + length <= Int(Int32.max) else { break }
            let equals = unsafe memchr(string, 0x3D, length)
            let nameCount = unsafe equals.map { unsafe $0 - UnsafeMutableRawPointer(string) } ?? -1
            if nameCount >= 0 {
                places.append(
                    Entry(
                        start: Int32(total), nameCount: Int32(nameCount),
                        valueCount: Int32(length - nameCount - 1)))
            }
            total += length
        }
        let strings = index
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            for index in 0..<strings {
                guard let string = unsafe list[index] else { break }
                let length = unsafe strlen(string)
                guard count + length <= total else { break }
                unsafe memcpy(base + count, string, length)
                count += length
            }
        }
        self.init(bytes: bytes, entries: places)
    }
}
