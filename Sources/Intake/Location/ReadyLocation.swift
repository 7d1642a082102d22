import Values
import Verification

/// A location that can be served: its settings, and what they name as it was last read.
final class ReadyLocation: Sendable {
    let settings: LocationSettings
    let verifier: Verifier
    /// What `$env.NAME` gives.
    let environment: Object
    let deployment: Deployment
    /// Where each secret came from, in the verifier's order: `line 1 of file:/etc/postern/github`.
    let secretOrigins: [String]
    /// Mistakes that can be meant; for the log once.
    let warnings: [String]
    /// For the database: the settings as a worker needs them, sources of secrets and never secrets.
    let savedSettings: String
    private let secretLoader: SecretLoader
    private let fingerprints: [FileContents.Fingerprint?]
    private let environmentFingerprint: FileContents.Fingerprint?

    init(
        settings: LocationSettings, verifier: Verifier, environment: Object, deployment: Deployment, warnings: [String],
        secretLoader: SecretLoader, loaded: SecretLoader.Loaded,
        environmentFingerprint: FileContents.Fingerprint?
    ) {
        self.settings = settings
        self.verifier = verifier
        self.environment = environment
        self.deployment = deployment
        self.warnings = warnings
        self.secretLoader = secretLoader
        fingerprints = loaded.fingerprints
        secretOrigins = loaded.secrets.secrets.map(\.origin)
        self.environmentFingerprint = environmentFingerprint
        savedSettings = SavedSettings.text(settings)
    }

    /// Whether a file that was read has changed since.
    var isOutdated: Bool {
        secretLoader.fingerprints() != fingerprints
            || settings.environmentFile.flatMap(FileContents.fingerprint) != environmentFingerprint
            || deployment.isClosed
    }
}
