import FunctionStack
import Values

/// One part of a pattern with wildcards, over characters or bytes.
protocol WildcardPart {
    associatedtype Element
    /// Whether it stands for any number of elements.
    var isAny: Bool { get }
    /// Whether it stands for this one.
    func matches(_ element: Element) -> Bool
}

extension Array where Element: WildcardPart {
    /// Whether the pattern stands for the whole of `text`. Goes back to the last wildcard at most, so that the time is
    /// bounded by the product of both lengths.
    ///
    /// - Parameter maximumSteps: more comparisons than any honest pattern needs; nothing ends a function of SQL from
    ///   outside
    /// - Throws: `StackError` of kind `bound` where that is too long.
    func matches(_ text: [Element.Element], maximumSteps: Int = 20_000_000) throws -> Bool {
        var place = 0
        var part = 0
        var retry: (part: Int, place: Int)?
        var steps = 0
        while place < text.count {
            steps += 1
            guard steps <= maximumSteps else {
                throw StackError(.bound("steps"), "The run was stopped in a pattern that takes too long to match")
            }
            if part < count, self[part].isAny {
                retry = (part + 1, place)
                part += 1
            } else if part < count, self[part].matches(text[place]) {
                part += 1
                place += 1
            } else if let (next, start) = retry {
                retry = (next, start + 1)
                part = next
                place = start + 1
            } else {
                return false
            }
        }
        return self[part...].allSatisfy(\.isAny)
    }
}
