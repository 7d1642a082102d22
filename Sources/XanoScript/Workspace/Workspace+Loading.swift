import Values

extension Workspace {
    /// Reads and checks all `.xs` files of a folder. Errors in files are in `diagnostics`.
    ///
    /// - Parameter directory: the folder, as the operator wrote it; its last part names the workspace if no
    ///   `workspace` construct does.
    /// - Throws: `WorkspaceError` if the folder itself cannot be read.
    package static func load(directory: String) throws(WorkspaceError) -> Workspace {
        let folder = try WorkspaceFolder(directory)
        var builder = WorkspaceBuilder(
            Workspace(name: lastPart(of: directory), directory: directory, fingerprint: folder.fingerprint))
        for problem in folder.problems {
            builder.report(problem.path, problem.message, problem.remedy)
        }
        for file in folder.files {
            if let source = builder.read(file, in: folder) { builder.add(source) }
        }
        return builder.finish()
    }

    /// The last part of a path, links not followed: `shop` of `/srv/shop/`. Of `.` and `..` the folder they mean.
    static func lastPart(of path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        guard last.isEmpty || last == "." || last == ".." else { return last }
        let real = WorkspaceFolder.realPath(path.isEmpty ? "." : path) ?? path
        return real.split(separator: "/").last.map(String.init) ?? "workspace"
    }
}

/// Collects the constructs of a workspace, then checks what they say of each other.
struct WorkspaceBuilder {
    private var workspace: Workspace
    /// Names of the API groups of each folder that holds an `api_group.xs`.
    private var groupsOfFolder: [String: [String]] = [:]

    init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    mutating func report(_ path: String, _ message: String, _ remedy: String) {
        workspace.diagnostics.append(
            Diagnostic(
                kind: .setting, file: SourceFile(path: path, bytes: []), range: SourceRange(start: 0, end: 0),
                message: message, remedy: remedy))
    }

    mutating func read(_ file: WorkspaceFolder.File, in folder: WorkspaceFolder) -> SourceFile? {
        let limit = WorkspaceFolder.maximumFileSize
        switch WorkspaceFolder.contents(of: folder.fullPath(file.path), limit: limit) {
        case .success(let bytes) where bytes.count <= limit:
            return SourceFile(path: file.path, bytes: bytes)
        case .success:
            report(file.path, "this file is larger than \(limit >> 20) MB", "put each construct into a file of its own")
        case .failure(let failure):
            report(
                file.path, "this file cannot be read: \(WorkspaceFolder.text(ofError: failure.number))",
                "give the user that runs postern the right to read it")
        }
        return nil
    }

    mutating func add(_ source: SourceFile) {
        let (constructs, diagnostics) = Parser.parse(source)
        workspace.diagnostics += diagnostics
        for construct in constructs { add(construct) }
    }

    private mutating func add(_ construct: Construct) {
        switch construct.kind {
        case .query(let query): workspace.queries.append(Declared(construct, query))
        case .function(let function): declare(Declared(construct, function), "function", \.functions)
        case .middleware(let middleware): declare(Declared(construct, middleware), "middleware", \.middleware)
        case .table(let table): declare(Declared(construct, table), "table", \.tables)
        case .apiGroup(let group):
            declare(Declared(construct, group), "api_group", \.apiGroups)
            groupsOfFolder[folder(of: construct.file.path), default: []].append(construct.name)
        case .branch(let branch):
            declareSingle(Declared(construct, branch), "branch", \.branch)
        case .workspace(let settings):
            declareSingle(Declared(construct, settings), "workspace", \.settings)
            workspace.name = workspace.settings?.name ?? workspace.name
        case .task(let task): declare(Declared(construct, task), "task", \.tasks)
        case .workflowTest(let test): declare(Declared(construct, test), "workflow_test", \.workflowTests)
        case .other(let keyword, _, _):
            workspace.others.append(construct)
            refuse(construct, keyword)
        }
    }

    /// A construct that is not there spoils nothing but what needs it.
    private mutating func refuse(_ construct: Construct, _ keyword: String) {
        guard let reason = ConstructKeywords.reasonAgainst(keyword) else { return }
        workspace.diagnostics.append(
            Diagnostic(
                kind: .unsupported, file: construct.file, range: construct.nameRange,
                message: "`\(keyword)` is not supported: \(reason)"))
    }

    private func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private mutating func declare<Content>(
        _ declared: Declared<Content>, _ keyword: String,
        _ place: WritableKeyPath<Workspace, [String: Declared<Content>]>
    ) {
        if let first = workspace[keyPath: place][declared.name] {
            reportSecond(
                declared, "there are two \(Self.plural(keyword)) `\(declared.name)`", first.file, first.nameRange)
        } else {
            workspace[keyPath: place][declared.name] = declared
        }
    }

    private mutating func declareSingle<Content>(
        _ declared: Declared<Content>, _ keyword: String, _ place: WritableKeyPath<Workspace, Declared<Content>?>
    ) {
        if let first = workspace[keyPath: place] {
            reportSecond(declared, "a workspace has one `\(keyword)`", first.file, first.nameRange)
        } else {
            workspace[keyPath: place] = declared
        }
    }

    private static func plural(_ keyword: String) -> String {
        switch keyword {
        case "api_group": "API groups"
        case "middleware": "middleware"
        default: keyword + "s"
        }
    }

    private mutating func reportSecond<Content>(
        _ declared: Declared<Content>, _ message: String, _ file: SourceFile, _ range: SourceRange,
        _ remedy: String = "rename or remove one of the two"
    ) {
        workspace.diagnostics.append(
            Diagnostic(
                kind: .name, file: declared.file, range: declared.nameRange, message: message, remedy: remedy,
                notes: [Diagnostic.Note(file: file, range: range, message: "the first one is here")]))
    }
}

// MARK: - Groups and routes

extension WorkspaceBuilder {
    mutating func finish() -> Workspace {
        workspace.queries.sort {
            ($0.file.path, $0.content.verb.rawValue, $0.range.start)
                < ($1.file.path, $1.content.verb.rawValue, $1.range.start)
        }
        checkCanonicals()
        workspace.routes = RouteTable(branch: workspace.branch?.name)
        for index in workspace.queries.indices { route(index) }
        sortDiagnostics()
        return workspace
    }

    private mutating func checkCanonicals() {
        var first: [String: Declared<APIGroup>] = [:]
        for group in workspace.apiGroups.values.sorted(by: {
            ($0.file.path, $0.range.start) < ($1.file.path, $1.range.start)
        }) {
            guard let canonical = group.content.canonical else {
                warn(
                    group, "the API group `\(group.name)` has no canonical, so no address leads to it",
                    "write canonical = \"…\"")
                continue
            }
            if let other = first[canonical] {
                var group = group
                group.nameRange = group.content.canonicalRange ?? group.nameRange
                reportSecond(
                    group, "the API group `\(other.name)` has this canonical already", other.file,
                    other.content.canonicalRange ?? other.nameRange, "give each group a canonical of its own")
            }
            first[canonical] = first[canonical] ?? group
        }
    }

    private mutating func warn<Content>(_ declared: Declared<Content>, _ message: String, _ remedy: String) {
        workspace.diagnostics.append(
            Diagnostic(
                severity: .warning, kind: .name, file: declared.file, range: declared.nameRange, message: message,
                remedy: remedy))
    }

    /// Finds a query's group and makes the query known by name and by address.
    private mutating func route(_ index: Int) {
        var query = workspace.queries[index]
        if query.content.apiGroup == nil {
            let groups = groupsOfFolder[folder(of: query.file.path)] ?? []
            // Of several in one folder none is meant more than another.
            query.content.apiGroup = groups.count == 1 ? groups[0] : nil
            workspace.queries[index] = query
        }
        guard let name = query.content.apiGroup else {
            return warn(
                query, "the query `\(query.name)` belongs to no API group, so no address leads to it",
                "write api_group = \"…\" in it, or put an api_group.xs into its folder")
        }
        guard let group = workspace.apiGroups[name] else {
            let nearest = NearestName.of(name, among: workspace.apiGroups.keys.sorted())
            workspace.diagnostics.append(
                Diagnostic(
                    kind: .name, file: query.file, range: query.content.apiGroupRange ?? query.nameRange,
                    message: "there is no API group `\(name)`",
                    remedy: nearest.map { "did you mean `\($0)`?" }
                        ?? "put an api_group.xs with api_group \"\(name)\" { canonical = \"…\" } beside it"))
            return
        }
        let verb = query.content.verb
        if let other = workspace.routes.add(index, name: query.name, verb: verb, group: name) {
            let first = workspace.queries[other]
            return reportSecond(
                query, "there are two queries `\(name)/\(query.name)` with the verb \(verb.rawValue)", first.file,
                first.nameRange)
        }
        guard group.content.isActive, let canonical = group.content.canonical else { return }
        if let other = workspace.routes.add(index, name: query.name, verb: verb, canonical: canonical) {
            let first = workspace.queries[other]
            reportSecond(
                query, "the query `\(first.name)` has this address already", first.file, first.nameRange,
                "a parameter's name makes no difference: change another part of the path")
        }
    }

    private mutating func sortDiagnostics() {
        workspace.diagnostics = workspace.diagnostics.enumerated()
            .sorted {
                ($0.element.file.path, $0.element.range.start, $0.offset)
                    < ($1.element.file.path, $1.element.range.start, $1.offset)
            }
            .map(\.element)
    }
}
