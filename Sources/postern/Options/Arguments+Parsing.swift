import CGetopt
import Glibc

extension Arguments {
    /// Reads the options by `getopt_long`. `--` ends them; options and operands may be mixed. Main thread only.
    ///
    /// - Parameter words: without the program's and the command's name.
    /// - Throws: `UsageError` for an unknown option, a missing value, or one given twice that may not be.
    init(_ words: [String], accepting known: [Option]) throws(UsageError) {
        self.init()
        // getopt_long reorders these pointers, it never replaces one.
        var copies: [UnsafeMutablePointer<CChar>?] = unsafe (["postern"] + words).map { unsafe strdup($0) }
        let names: [UnsafeMutablePointer<CChar>?] = unsafe known.map { unsafe strdup($0.name) }
        defer { for unsafe pointer in unsafe copies + names { unsafe free(pointer) } }
        unsafe copies.append(nil)
        var table = unsafe [option]()
        for (index, option) in known.enumerated() {
            unsafe table.append(unsafe options_entry(names[index], option.value == nil ? 0 : 1))
        }
        unsafe table.append(unsafe options_entry(nil, 0))

        options_reset()
        let count = Int32(words.count + 1)
        while true {
            var index: Int32 = -1
            let result = unsafe options_next(count, &copies, table, &index)
            if result == -1 { break }
            guard result == 0, known.indices.contains(Int(index)) else {
                // getopt_long is still at the word of several short options when it refuses the first of them.
                let position = Int(options_position())
                let near = [position - 1, position].map { unsafe Self.text(copies[$0]) }
                let word = near.first { $0.hasPrefix("-") } ?? ""
                throw UsageError(
                    result == UInt8(ascii: ":")
                        ? "\(word) needs a value" : "\(word) is no option here; what is no option stands behind --")
            }
            let option = known[Int(index)]
            if options[option.name] != nil, !option.isRepeatable { throw UsageError("--\(option.name) is given twice") }
            options[option.name, default: []].append(unsafe Self.text(options_argument()))
        }
        operands = unsafe copies[Int(options_position())..<Int(count)].map { unsafe Self.text($0) }
    }

    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }
}
