import Glibc

/// The files of nginx's configuration: as `nginx -T` prints them one after the other, or as they lie on the disk.
struct NginxFiles {
    struct File {
        let path: String
        let text: ArraySlice<UInt8>
    }

    let main: File
    /// Those that a dump holds; nil where files are read from the disk.
    private let dumped: [File]?

    static let limit = 16 << 20

    /// - Parameter path: what the text was read from.
    init(_ text: [UInt8], path: String) {
        let files = Self.split(text)
        dumped = files.isEmpty ? nil : files
        main = files.first ?? File(path: path, text: text[...])
    }

    /// The files of a dump; none if it is no dump.
    private static func split(_ text: [UInt8]) -> [File] {
        let mark = Array("# configuration file ".utf8)
        var files: [File] = []
        var current: (path: String, start: Int)?
        var index = 0
        while index < text.count {
            let end = text[index...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            let line = text[index..<end]
            if line.starts(with: mark), line.last == UInt8(ascii: ":") {
                if let current { files.append(File(path: current.path, text: text[current.start..<index])) }
                let path = String(decoding: line.dropFirst(mark.count).dropLast(), as: UTF8.self)
                current = (path, min(end + 1, text.count))
            }
            index = end + 1
        }
        if let current { files.append(File(path: current.path, text: text[current.start...])) }
        return files
    }

    /// The files that an `include` names: relative names count from the main file's folder.
    func matching(_ pattern: String, _ place: ConfigurationPlace) throws(ConfigurationError) -> [File] {
        let folder = main.path.lastIndex(of: "/").map { String(main.path[...$0]) } ?? "./"
        let full = pattern.hasPrefix("/") ? pattern : folder + pattern
        if let dumped {
            return dumped.filter { unsafe fnmatch(full, $0.path, FNM_PATHNAME | FNM_PERIOD) == 0 }
        }
        var files: [File] = []
        for path in FilePattern.paths(full) {
            do throws(FileContents.Failure) {
                files.append(File(path: path, text: try FileContents.read(path, limit: Self.limit)[...]))
            } catch {
                throw ConfigurationError(place: place, problem: "\(error.problem); pipe nginx -T into postern check --nginx -")
            }
        }
        return files
    }
}
