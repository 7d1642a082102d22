import Inbox
import Outbound
import Values
import Verification

/// A location that can be served: its settings, and what they name as it was last read.
final class ReadyLocation: Sendable {
    let settings: LocationSettings
    let verifier: Verifier
    /// What `$env.NAME` gives.
    let environment: Object
    let deployment: Deployment
    /// What its stacks call other machines by, and send mail by.
    let client: HTTPClient
    let sendmail: Sendmail
    /// What each secret is called, in the verifier's order.
    let secretMarks: [SecretMark]
    /// What its senders may bring as a credential, longest first; nothing where no refused requests are kept.
    let ownCredentials: [[UInt8]]
    /// Mistakes that can be meant; for the log once.
    let warnings: [String]
    /// For the database: the settings as a worker needs them, sources of secrets and never secrets.
    let savedSettings: String
    private let secretFiles: [ReadySecrets]
    private let otherFiles: [SeenFiles]
    private let environmentFingerprint: FileContents.Fingerprint?

    init(
        settings: LocationSettings, verifier: Verifier, environment: Object, deployment: Deployment, sendmail: Sendmail,
        warnings: [String],
        secretFiles: [ReadySecrets], otherFiles: [SeenFiles], secretMarks: [SecretMark], credentials: [SecretSet],
        environmentFingerprint: FileContents.Fingerprint?
    ) {
        self.settings = settings
        self.verifier = verifier
        self.environment = environment
        self.deployment = deployment
        self.sendmail = sendmail
        client = HTTPClient(policy: settings.outbound, monotonicClock: Clock.monotonic)
        self.warnings = warnings
        self.secretFiles = secretFiles
        self.otherFiles = otherFiles
        self.secretMarks = secretMarks
        ownCredentials = settings.quarantine > 0 ? CredentialCandidates(credentials).bytes.sorted { $0.count > $1.count } : []
        self.environmentFingerprint = environmentFingerprint
        savedSettings = SavedSettings.text(settings)
    }

    /// Milliseconds after which a sender is told that its event was accepted.
    var deadline: Int64 { settings.deadline.map { $0 * 1_000 } ?? verifier.rule.deadline }

    /// What a sender is told whose event is durable and not done.
    var accepted: StoredAnswer {
        guard let body = verifier.acceptedBody else { return StoredAnswer(status: verifier.acceptedStatus) }
        return StoredAnswer(
            status: verifier.acceptedStatus, headers: [HeaderField("Content-Type", "text/plain")], body: Array(body.utf8))
    }

    /// What is called so that verified a request: secrets, or a key that the sender publishes.
    func marks(of verified: Verified) -> [SecretMark] {
        marks(of: verified.secrets) + (verified.published.map { [SecretMark(published: $0.title)] } ?? [])
    }

    /// What is called so that verified a request.
    func marks(of matches: SecretMatches) -> [SecretMark] {
        matches.indices.compactMap { secretMarks.indices.contains($0) ? secretMarks[$0] : nil }
    }

    /// For how long an event of this location may be held: much longer than it can take.
    static let lease: Int64 = 70 * 60_000

    /// Whether the secret has arrived for which this location was waiting when it was opened.
    var hasEnrolled: Bool { verifier.awaitsSecret && secretFiles.contains(where: \.haveChanged) }

    /// Whether a file that was read has changed since.
    var isOutdated: Bool {
        secretFiles.contains(where: \.haveChanged) || otherFiles.contains(where: \.haveChanged)
            || settings.environmentFile.flatMap(FileContents.fingerprint) != environmentFingerprint
            || deployment.isClosed
    }
}

/// Where secrets were read, and what was there.
struct ReadySecrets: Sendable {
    private let loader: SecretLoader
    private let fingerprints: [FileContents.Fingerprint?]

    init(_ loader: SecretLoader, _ loaded: SecretLoader.Loaded) {
        self.loader = loader
        fingerprints = loaded.fingerprints
    }

    var haveChanged: Bool { loader.fingerprints() != fingerprints }
}

/// Files that a location was made of, and what they looked like then.
struct SeenFiles: Sendable {
    private let paths: [String]
    private let fingerprints: [FileContents.Fingerprint?]

    init(_ paths: [String]) {
        self.paths = paths
        fingerprints = paths.map(FileContents.fingerprint)
    }

    var haveChanged: Bool { paths.map(FileContents.fingerprint) != fingerprints }
}
