extension Workspace {
    /// Everything that stacks are made of or name, the queries first and in their order.
    package var constructs: [Construct] {
        queries.map { $0.construct(.query($0.content)) }
            + functions.ordered.map { $0.construct(.function($0.content)) }
            + middleware.ordered.map { $0.construct(.middleware($0.content)) }
            + tasks.ordered.map { $0.construct(.task($0.content)) }
            + workflowTests.ordered.map { $0.construct(.workflowTest($0.content)) }
            + tables.ordered.map { $0.construct(.table($0.content)) }
            + apiGroups.ordered.map { $0.construct(.apiGroup($0.content)) }
            + others.filter { if case .other("addon", _, _) = $0.kind { true } else { false } }
            + (settings.map { [$0.construct(.workspace($0.content))] } ?? [])
            + (branch.map { [$0.construct(.branch($0.content))] } ?? [])
    }
}

extension Declared {
    fileprivate func construct(_ kind: Construct.Kind) -> Construct {
        Construct(file: file, name: name, nameRange: nameRange, kind: kind, range: range)
    }
}

extension Dictionary where Key == String {
    fileprivate var ordered: [Value] { sorted { $0.key < $1.key }.map(\.value) }
}
