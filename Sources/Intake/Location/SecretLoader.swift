import Glibc
import Verification

/// Reads the secrets of a location from their sources.
struct SecretLoader {
    let sources: [SecretSource]
    /// What the settings call `SECRET`.
    let title: String
    /// nil at the command line, where everybody reads what they may.
    let rules: FileRules?
    let documentRoot: String?
    /// The parameter that names the source, if it is not the setting itself.
    var parameter: String?
    /// Whether the one file may be missing, since the secret arrives in a handshake.
    var mayBeAbsent = false

    /// What was read, and by what a later look can tell that it changed.
    struct Loaded: Sendable {
        var secrets = SecretSet()
        var fingerprints: [FileContents.Fingerprint?] = []
        /// Mistakes that can be meant, for the log and for `check`; they never show a secret.
        var warnings: [String] = []
    }

    /// - Throws: `SettingError` for a source that is missing, may not be trusted, or holds no usable secret.
    func load() throws(SettingError) -> Loaded {
        var loaded = Loaded()
        // Before reading: a change in between is then seen as one the next time.
        loaded.fingerprints = fingerprints()
        if mayBeAbsent, try isAbsent() { return loaded }
        for source in sources {
            do throws(SettingProblem) {
                try loaded.secrets.add(try bytes(of: source, &loaded.warnings), from: source.description)
            } catch {
                let problem = parameter.map { "has \($0)= whose source cannot be used: \(error.problem)" }
                throw SettingError(title, problem ?? error.problem, remedy: error.remedy)
            }
        }
        loaded.warnings += loaded.secrets.warnings
        return loaded
    }

    /// Whether the secret has not arrived yet: nothing is in its place, and the place is a good one.
    private func isAbsent() throws(SettingError) -> Bool {
        guard sources.count == 1, case .file(let path)? = sources.first else {
            throw SettingError(
                title, "is more than one file, and this sender hands its secret over",
                remedy: "name one file, which may be absent until then: file:/path/to/secret")
        }
        var status = stat()
        guard unsafe lstat(path, &status) != 0, errno == ENOENT else { return false }
        do throws(FileRules.Violation) {
            _ = try rules?.checkPlaceToBe(path, outside: documentRoot)
        } catch {
            throw SettingError(title, error.problem, remedy: error.remedy)
        }
        return true
    }

    /// The state of each source, as far as it can change while the process runs.
    func fingerprints() -> [FileContents.Fingerprint?] {
        sources.map { source in
            guard case .file(let path) = source else { return nil }
            return FileContents.fingerprint(path)
        }
    }

    private func bytes(of source: SecretSource, _ warnings: inout [String]) throws(SettingProblem) -> [UInt8] {
        switch source {
        case .environment(let name):
            guard let value = unsafe getenv(name) else {
                throw unusable("\(source) is not in the process's environment", remedy: "set it in the service's unit, or use file:")
            }
            return Array(unsafe String(cString: value).utf8)
        case .file(let path):
            do throws(FileRules.Violation) {
                _ = try rules?.check(path, outside: documentRoot)
            } catch {
                throw unusable(error.problem, remedy: error.remedy)
            }
            if FileRules.isReadableByEverybody(path) {
                warnings.append("\(path) can be read by everybody; chmod 600 unless that is meant")
            }
            do throws(FileContents.Failure) {
                return try FileContents.read(path, limit: 64 << 10)
            } catch {
                throw unusable(error.problem, remedy: error.remedy(rights: "let Postern's user read it: chown and chmod 600"))
            }
        }
    }

    private func unusable(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.secret, .unusableSecret, problem, remedy: remedy)
    }
}

extension SecretSource: CustomStringConvertible {
    /// As it is written in the setting.
    package var description: String {
        switch self {
        case .file(let path): "file:\(path)"
        case .environment(let name): "env:\(name)"
        }
    }
}
