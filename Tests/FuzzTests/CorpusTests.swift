import Cryptography
import FuzzTargets
import Glibc
import Testing

/// What the fuzzer found worth keeping: inputs that together reach all code it has reached, and every one that once broke
/// something. `Benchmarks/Fuzzing/run.sh` adds to it.
@Suite("The fuzzer's corpus")
struct CorpusTests {
    @Test("Every input of the corpus is taken or refused, and nothing breaks", arguments: FuzzTarget.allCases)
    func corpus(target: FuzzTarget) throws {
        let inputs = Self.inputs(of: target)
        #expect(inputs.count > 5, "there is no corpus for \(target)")
        for (line, input) in inputs.enumerated() {
            do {
                try target.run(input)
            } catch {
                Issue.record("\(target).base64:\(line + 1): \(error)")
            }
        }
    }

    private static func inputs(of target: FuzzTarget) -> [[UInt8]] {
        let folder = "\(#filePath)".split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Corpus"
        let lines = contents("\(folder)/\(target.rawValue).base64").split(separator: UInt8(ascii: "\n"))
        return lines.compactMap { Base64.standard.decode(Array($0).span) }
    }

    private static func contents(_ path: String) -> [UInt8] {
        guard let file = unsafe fopen(path, "r") else { return [] }
        defer { _ = unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4 << 20)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
        return Array(bytes.prefix(count))
    }
}
