import Glibc
package import Verification

/// The file in which a workspace describes senders that Postern does not know.
package struct SendersFile: Sendable {
    package let path: String
    private let workspace: String

    /// - Parameter workspace: the folder, as written.
    package init(workspace: String) {
        self.workspace = workspace
        path = workspace + "/" + OwnSenders.fileName
    }

    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        package var problem: String
        package var remedy: String

        package var description: String { "\(problem); \(remedy)" }
    }

    /// What the file says, good or bad; nothing if there is none.
    ///
    /// - Parameters:
    ///   - rules: for the files of a location; nil at the command line, where everybody reads what they may.
    ///   - documentRoot: where the file must not lie.
    /// - Throws: `Failure` if it is there and cannot be read, or must not be trusted.
    package func load(_ rules: FileRules? = nil, outside documentRoot: String? = nil) throws(Failure) -> OwnSenders {
        var status = stat()
        // A folder of that name holds .xs files and is none of ours.
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw Failure(problem: "\(path) cannot be examined", remedy: "let Postern's user into its folder")
            }
            return OwnSenders()
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { return OwnSenders() }
        if let rules { try check(rules, documentRoot) }
        do throws(FileContents.Failure) {
            return OwnSenders(try FileContents.read(path, limit: OwnSenders.maximumByteCount), path: path)
        } catch {
            throw Self.failure(error)
        }
    }

    /// - Parameter error: why the file cannot be read.
    package static func failure(_ error: FileContents.Failure) -> Failure {
        Failure(
            problem: error.problem,
            remedy: error.code == 0
                ? "it has to be a file of \(OwnSenders.maximumByteCount >> 10) KB at most: leave the senders in it that the "
                    + "workspace's locations name"
                : "let Postern's user read it")
    }

    private func check(_ rules: FileRules, _ documentRoot: String?) throws(Failure) {
        do throws(FileRules.Violation) {
            let real = try rules.check(path, outside: documentRoot)
            let folder = try rules.check(workspace, outside: documentRoot)
            guard real.hasPrefix(folder == "/" ? "/" : folder + "/") else {
                throw FileRules.Violation(
                    problem: "\(path) is a link that leads out of the workspace",
                    remedy: "put the file itself into the workspace")
            }
        } catch {
            throw Failure(problem: error.problem, remedy: error.remedy)
        }
    }

    /// The senders that a setting may name.
    ///
    /// - Parameter verify: `POSTERN_VERIFY`; where it begins with a scheme, no file has a say in it.
    func load(for verify: String, _ rules: FileRules?, outside documentRoot: String?) throws(Failure) -> OwnSenders {
        VerificationRule.namesScheme(verify) ? OwnSenders() : try load(rules, outside: documentRoot)
    }
}
