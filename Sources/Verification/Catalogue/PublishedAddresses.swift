/// Where a sender publishes the addresses that it sends from. In an entry:
///
///     text URL         a list, one a line
///     json URL FILTER  a document of JSON, and what jq takes the addresses out of it with
///     page URL         a page to read
package struct PublishedAddresses: Sendable, Equatable {
    package enum Form: Sendable, Equatable {
        case text
        case json(filter: String)
        case page
    }

    package let url: String
    package let form: Form

    /// nil if the text is of none of the forms.
    init?(_ text: String) {
        let (word, rest) = SenderText.split(text[...])
        let (url, filter) = SenderText.split(rest)
        // It stands in a command that an operator may copy.
        guard KeyAddress.isDocument(String(url)), !text.contains("'") else { return nil }
        self.url = String(url)
        switch word {
        case "text" where filter.isEmpty: form = .text
        case "page" where filter.isEmpty: form = .page
        case "json" where !filter.isEmpty: form = .json(filter: String(filter))
        default: return nil
        }
    }

    /// How to get the list into a file: what to type, or where to look.
    ///
    /// - Parameter path: of the file.
    package func remedy(_ path: String) -> String {
        switch form {
        case .text: "curl -sf '\(url)' -o \(path).new && mv \(path).new \(path)"
        case .json(let filter):
            "curl -sf '\(url)' -o \(path).json && jq -r '\(filter)' \(path).json > \(path).new && mv \(path).new \(path)"
        case .page: "copy them from \(url) into \(path), one a line"
        }
    }
}

extension PublishedAddresses {
    /// Where it is, in words.
    package var words: String {
        switch form {
        case .text: "published as a list at \(url)"
        case .json(let filter): "published as JSON at \(url), for jq: \(filter)"
        case .page: "published on the page \(url)"
        }
    }
}
