/// Finds the query that answers a request: by `/api:CANONICAL/path/{parameter}`, or by `group/name`. Built once for a
/// workspace; a request costs one look-up of the canonical and a walk over the segments of its path.
package struct RouteTable: Sendable {
    /// What a path and a verb lead to.
    package enum Match: Sendable {
        /// The query, as an index into the workspace's `queries`, and what stands in the path for `{name}`.
        case found(query: Int, parameters: [(name: String, value: String)])
        /// Queries answer there, but with other verbs.
        case wrongVerb(allowed: [Verb])
        case unknown
    }

    /// The queries of one name in one group, by verb.
    package struct Named: Sendable, Equatable {
        fileprivate var queries = VerbTable()

        /// In the order of `Verb`.
        package var verbs: [Verb] { queries.verbs }

        /// The query of a verb; `HEAD` is answered by the query of `GET` if there is none of its own.
        package func query(_ verb: Verb) -> Int? { queries[answering: verb] }
    }

    /// The groups by canonical; each with the root of its tree of segments.
    private var groups: [String: Int] = [:]
    private var nodes: [Node] = []
    private var names: [String: Named] = [:]
    /// `api:CANONICAL:BRANCH` means the same as without.
    private var branch: String?

    /// What may follow a segment of a path.
    private struct Node: Sendable {
        /// Ordered by their bytes, so that one among many is found by halving.
        private(set) var children: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var queries = VerbTable()
        /// The names of the parameters on the way, by verb: queries of one path may name them differently.
        var parameterNames: [[String]] = Array(repeating: [], count: Verb.allCases.count)

        func child(_ segment: some Sequence<UInt8>) -> Int? {
            let place = place(of: segment)
            guard place < children.count, children[place].segment.elementsEqual(segment) else { return nil }
            return children[place].node
        }

        mutating func add(_ child: Int, _ segment: [UInt8]) {
            children.insert((segment, child), at: place(of: segment))
        }

        /// The first child whose segment does not come before this one.
        private func place(of segment: some Sequence<UInt8>) -> Int {
            var low = 0
            var high = children.count
            while low < high {
                let middle = (low + high) / 2
                if children[middle].segment.lexicographicallyPrecedes(segment) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }

    init(branch: String? = nil) {
        self.branch = branch
    }

    /// All `group/name`, ordered.
    package var queryNames: [String] { names.keys.sorted() }

    /// The queries of `group/name`, by the API group's name.
    package func named(_ name: String) -> Named? { names[name] }

    /// The query for a path, percent-decoded, from its first slash.
    package func match(_ path: String, verb: Verb) -> Match {
        var path = Substring(path)
        guard path.utf8.starts(with: "/api:".utf8) else { return .unknown }
        path.removeFirst(5)
        let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
        guard let root = group(path[..<slash]) else { return .unknown }
        var search = Search(segments: path[slash...].utf8.split(separator: UInt8(ascii: "/")), verb: verb)
        visit(root, at: 0, &search)
        if let (query, names) = search.found {
            return .found(query: query, parameters: zip(names, search.values).map { ($0, String(Substring($1))) })
        }
        return search.allowed.isEmpty ? .unknown : .wrongVerb(allowed: search.allowed.verbs)
    }

    private func group(_ canonical: Substring) -> Int? {
        if let root = groups[String(canonical)] { return root }
        guard let branch, let colon = canonical.utf8.lastIndex(of: UInt8(ascii: ":")),
            canonical[canonical.index(after: colon)...] == branch
        else { return nil }
        return groups[String(canonical[..<colon])]
    }

    private struct Search {
        var segments: [Substring.UTF8View]
        var verb: Verb
        var values: [Substring.UTF8View] = []
        var found: (query: Int, names: [String])?
        var allowed = VerbTable()
    }

    /// Static segments before parameters; if the nearest path has other verbs only, the next is tried. Each node
    /// stands at one depth, so none is visited twice.
    private func visit(_ index: Int, at depth: Int, _ search: inout Search) {
        guard depth < search.segments.count else {
            if let query = nodes[index].queries[answering: search.verb] {
                let answering = nodes[index].queries[search.verb] == nil ? Verb.get : search.verb
                search.found = (query, nodes[index].parameterNames[answering.index])
            } else {
                search.allowed.add(nodes[index].queries)
            }
            return
        }
        let segment = search.segments[depth]
        if let child = nodes[index].child(segment) {
            visit(child, at: depth + 1, &search)
            if search.found != nil { return }
        }
        guard let parameter = nodes[index].parameter else { return }
        search.values.append(segment)
        visit(parameter, at: depth + 1, &search)
        if search.found == nil { search.values.removeLast() }
    }
}

// MARK: - Building

extension RouteTable {
    /// Adds a query; the one that is already there if its address is taken.
    mutating func add(_ query: Int, name: String, verb: Verb, canonical: String) -> Int? {
        var index: Int
        if let root = groups[canonical] {
            index = root
        } else {
            index = newNode()
            groups[canonical] = index
        }
        var parameters: [String] = []
        for segment in name.utf8.split(separator: UInt8(ascii: "/")) {
            let isParameter =
                segment.count > 2 && segment.first == UInt8(ascii: "{") && segment.last == UInt8(ascii: "}")
            if isParameter {
                parameters.append(String(Substring(segment.dropFirst().dropLast())))
                index = parameterNode(of: index)
            } else {
                index = child(Array(segment), of: index)
            }
        }
        if let other = nodes[index].queries[verb] { return other }
        nodes[index].queries[verb] = query
        nodes[index].parameterNames[verb.index] = parameters
        return nil
    }

    /// Makes a query known by its group's name; the one that is already there if that is taken.
    mutating func add(_ query: Int, name: String, verb: Verb, group: String) -> Int? {
        let path = name.drop { $0 == "/" }
        if let other = names[group + "/" + path]?.queries[verb] { return other }
        names[group + "/" + path, default: Named()].queries[verb] = query
        return nil
    }

    private mutating func newNode() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    private mutating func child(_ segment: [UInt8], of index: Int) -> Int {
        if let child = nodes[index].child(segment) { return child }
        let child = newNode()
        nodes[index].add(child, segment)
        return child
    }

    private mutating func parameterNode(of index: Int) -> Int {
        if let parameter = nodes[index].parameter { return parameter }
        let parameter = newNode()
        nodes[index].parameter = parameter
        return parameter
    }
}

/// A query for each verb, or none.
private struct VerbTable: Sendable, Equatable {
    /// A vector, since unlike an array it takes no memory of its own.
    private var queries = SIMD8<Int>(repeating: -1)

    subscript(verb: Verb) -> Int? {
        get { queries[verb.index] < 0 ? nil : queries[verb.index] }
        set { queries[verb.index] = newValue ?? -1 }
    }

    subscript(answering verb: Verb) -> Int? {
        self[verb] ?? (verb == .head ? self[.get] : nil)
    }

    var isEmpty: Bool { self == VerbTable() }

    var verbs: [Verb] { Verb.allCases.filter { self[$0] != nil } }

    mutating func add(_ other: VerbTable) {
        for verb in Verb.allCases where self[verb] == nil { self[verb] = other[verb] }
    }
}

extension Verb {
    fileprivate var index: Int {
        switch self {
        case .get: 0
        case .post: 1
        case .put: 2
        case .patch: 3
        case .delete: 4
        case .head: 5
        }
    }
}
