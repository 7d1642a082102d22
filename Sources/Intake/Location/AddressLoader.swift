package import Values
package import Verification

/// Reads the files of addresses that `ip=` names.
package struct AddressLoader: Sendable {
    private let paths: [String]

    package init(_ rule: VerificationRule) {
        paths = rule.addresses?.files ?? []
    }

    /// What the files list.
    ///
    /// - Parameters:
    ///   - rules: for the files of a location; nil at the command line, where everybody reads what they may.
    ///   - documentRoot: where they must not lie.
    /// - Throws: `SettingProblem` for one that cannot be read, must not be trusted, or lists what is no address.
    package func load(_ rules: FileRules? = nil, outside documentRoot: String? = nil) throws(SettingProblem)
        -> [Network]
    {
        var networks: [Network] = []
        for path in paths {
            do throws(FileRules.Violation) {
                _ = try rules?.check(path, outside: documentRoot)
            } catch {
                throw Self.unusable(error.problem, error.remedy)
            }
            let bytes: [UInt8]
            do throws(FileContents.Failure) {
                bytes = try FileContents.read(path, limit: AddressFile.maximumByteCount)
            } catch {
                throw Self.unusable(error.problem, error.remedy())
            }
            networks += try AddressFile.parse(bytes, path: path)
        }
        return networks
    }

    private static func unusable(_ problem: String, _ remedy: String) -> SettingProblem {
        SettingProblem(.verify, .badValue, "has ip= whose file cannot be used: \(problem)", remedy: remedy)
    }
}
