import Glibc

/// Names of files with `*` and `?` in them.
enum FilePattern {
    /// The files that there are, in order of their names; the name itself if it holds neither.
    static func paths(_ pattern: String) -> [String] {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob(pattern, GLOB_NOMAGIC, nil, &found) == 0 else { return [] }
        return (0..<Int(unsafe found.gl_pathc)).compactMap { index in
            guard let path = unsafe found.gl_pathv[index] else { return nil }
            return unsafe String(cString: path)
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
