import Inbox
import Verification

/// The keys that senders publish as a database keeps them, for who judges a request long after.
struct KeptKeys: KeySource {
    private let documents: [String: KeyDocument]

    init(_ documents: [PublishedDocument]) {
        var known: [String: KeyDocument] = [:]
        for document in documents {
            guard let bytes = document.bytes, let content = KeyAddress.Content(rawValue: document.content) else { continue }
            known[document.address] = try? KeyDocument.read(bytes, content)
        }
        self.documents = known
    }

    func document(at address: KeyAddress) -> KeyDocument? { documents[address.url] }

    /// Nobody fetches anything for a request that is over.
    func fetch(_ address: KeyAddress) -> KeyProspect { .none }
}
