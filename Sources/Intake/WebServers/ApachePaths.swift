import FunctionStack
import Values

/// Which paths a section of Apache's configuration is for.
enum ApachePaths: Sendable, Equatable {
    /// `<Location "/hooks">`: this path and what is below it.
    case below(String)
    /// `<LocationMatch "^/hooks/github$">`
    case pattern(String)

    /// nil for a section that is not for paths of addresses.
    init?(_ section: ApacheDirective) {
        guard let first = section.arguments.first else { return nil }
        switch section.name {
        case "location" where first == "~" && section.arguments.count > 1: self = .pattern(section.arguments[1])
        case "location": self = .below(first)
        case "locationmatch": self = .pattern(first)
        default: return nil
        }
    }

    /// A path that this is for, as far as it can be told from a pattern: what it begins with.
    var sample: String {
        switch self {
        case .below(let path): return path
        case .pattern(let pattern):
            var sample = ""
            var rest = (pattern.hasPrefix("^") ? pattern.dropFirst() : pattern[...])
            while let character = rest.popFirst() {
                if character == "\\", let next = rest.first, !next.isLetter, !next.isNumber {
                    sample.append(next)
                    rest.removeFirst()
                } else if "\\^$.|?*+()[]{}".contains(character) {
                    // What may be missing is no part of it.
                    if "?*{".contains(character), !sample.isEmpty { sample.removeLast() }
                    break
                } else {
                    sample.append(character)
                }
            }
            return sample
        }
    }

    func contain(_ path: String) -> Bool {
        switch self {
        case .below(let folder):
            return folder == path || folder == "/" || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
        case .pattern(let pattern):
            return Self.matches(pattern, path)
        }
    }

    static func matches(_ pattern: String, _ path: String) -> Bool {
        // Any byte that the pattern has not may stand around it.
        let mark = String("~#%!@".first { !pattern.contains($0) } ?? "~")
        guard let expression = try? RegularExpression(Text(mark + pattern + mark)) else { return false }
        return (try? expression.firstMatch(in: Text(path), budget: Budget())) ?? nil != nil
    }
}
