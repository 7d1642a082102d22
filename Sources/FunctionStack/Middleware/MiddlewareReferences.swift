import XanoScript

/// The middleware that a routine names, and those that its branch and its API group put around it.
struct MiddlewareReferences {
    struct Reference {
        var name: String
        var range: SourceRange
        var file: SourceFile
    }

    /// From the outermost level inwards.
    private(set) var pre: [Reference] = []
    /// From the innermost level outwards.
    private(set) var post: [Reference] = []

    /// Adds a level inside those before it. One that an outer level has already runs once; a disabled one takes
    /// the outer one away.
    private mutating func add(_ use: MiddlewareUse?, _ file: SourceFile) {
        guard let use else { return }
        for reference in use.pre { Self.add(reference, file, to: &pre, atEnd: true) }
        for reference in use.post.reversed() { Self.add(reference, file, to: &post, atEnd: false) }
    }

    private static func add(
        _ reference: MiddlewareReference, _ file: SourceFile, to list: inout [Reference], atEnd: Bool
    ) {
        if reference.isDisabled {
            list.removeAll { $0.name == reference.name }
            return
        }
        guard !list.contains(where: { $0.name == reference.name }) else { return }
        let added = Reference(name: reference.name, range: reference.range, file: file)
        list.insert(added, at: atEnd ? list.endIndex : list.startIndex)
    }

    /// The levels above a single query, function or task.
    struct Levels {
        /// Of the workspace, then of the branch.
        private var branch: [(uses: [String: MiddlewareUse], file: SourceFile)] = []
        private var groups: [String: (use: MiddlewareUse?, file: SourceFile)] = [:]

        init(_ constructs: [Construct]) {
            for construct in constructs {
                switch construct.kind {
                case .workspace(let settings): branch.insert((settings.middleware, construct.file), at: 0)
                case .branch(let declared): branch.append((declared.middleware, construct.file))
                case .apiGroup(let group): groups[construct.name] = (group.middleware, construct.file)
                default: break
                }
            }
        }

        func ofQuery(_ query: Query, file: SourceFile) -> MiddlewareReferences {
            var references = MiddlewareReferences()
            for level in branch { references.add(level.uses["query"], level.file) }
            if let name = query.apiGroup, let group = groups[name] { references.add(group.use, group.file) }
            references.add(query.middleware, file)
            return references
        }

        func ofTask(_ task: ScheduledTask, file: SourceFile) -> MiddlewareReferences {
            var references = MiddlewareReferences()
            for level in branch { references.add(level.uses["task"], level.file) }
            references.add(task.middleware, file)
            return references
        }

        func ofFunction(_ function: Function, file: SourceFile) -> MiddlewareReferences {
            var references = MiddlewareReferences()
            for level in branch { references.add(level.uses["function"], level.file) }
            references.add(function.middleware, file)
            return references
        }
    }
}
