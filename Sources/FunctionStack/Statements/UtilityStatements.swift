import Values
import XanoScript

/// `util.*`
enum UtilityStatements {
    static let definitions = [
        rawInput("util.get_raw_input"), rawInput("util.get_input"),
        StatementDefinition("util.get_all_input") { use in
            use.lowering.facts.readsInput = true
            use.lowering.facts.readsRequest = true
            use.lowering.usesInput = true
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                // A function that no request started has the inputs of its caller only.
                machine.run.request == nil ? machine.value(of: Scope.input) : .object(try machine.run.allInput())
            }
        },
        StatementDefinition("util.get_env") { use in
            use.lowering.facts.readsRequest = true
            return ResultStatement(resultSlot: use.resultSlot) { .object($0.run.environment) }
        },
        StatementDefinition("util.get_vars") { use in
            use.lowering.usesAllVariables = true
            return ResultStatement(resultSlot: use.resultSlot) { .object($0.variables()) }
        },
        StatementDefinition("util.post_process", blocks: ["stack"]) { $0.lowering.lowerPostProcess($0.statement) },
        StatementDefinition(
            "util.set_header",
            attributes: [.required("value"), .optional("duplicates", .oneOf(["replace", "add"]))]
        ) { use in
            let value = use.node("value")
            let duplicates = use.node("duplicates", default: "replace")
            return ResultStatement(resultSlot: nil) { machine in
                let line = try value.evaluate(&machine).text
                let replaces = try duplicates.evaluate(&machine).text != "add"
                try machine.run.headers.set(line, replaces: replaces)
                return .null
            }
        },
        StatementDefinition("util.template_engine", attributes: [.required("value")], lower: template),
        StatementDefinition(
            "util.geo_distance",
            attributes: [
                .required("latitude_1"), .required("longitude_1"), .required("latitude_2"), .required("longitude_2"),
            ],
            lower: distance),
    ]

    // MARK: Input

    private static func rawInput(_ name: String) -> StatementDefinition {
        StatementDefinition(
            name,
            attributes: [.optional("encoding", .text), .optional("exclude_middleware", .boolean)]
        ) { lowerRawInput($0) }
    }

    private static func lowerRawInput(_ use: StatementUse) -> (any StatementNode)? {
        guard let constant = use.node("encoding", default: "").constant else {
            use.report(.type, "the encoding is known when the stack is loaded", remedy: "write it as text")
            return nil
        }
        use.lowering.facts.readsRequest = true
        let name = constant.text.string.lowercased()
        let excludes = use.node("exclude_middleware", default: false)
        if ["", "none", "text"].contains(name) {
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                .text(Text(bytes: machine.run.request?.body ?? []))
            }
        }
        guard let encoding = BodyEncoding(rawValue: name) else {
            use.lowering.reportUnknown(
                "encoding", name, use["encoding"]?.range ?? use.statement.nameRange,
                among: BodyEncoding.allCases.map(\.rawValue) + ["text", "none"])
            return nil
        }
        if encoding == .json { use.lowering.facts.readsRawJSON = true }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let excludes = try excludes.condition(&machine)
            let body = try machine.run.rawInput(encoding, excludesMiddleware: excludes)
            try machine.charge(received: body)
            return body
        }
    }

    // MARK: Templates

    /// A template that is known at load is parsed then.
    private static func template(_ use: StatementUse) -> (any StatementNode)? {
        use.lowering.readsEverything()
        let source = use.node("value")
        guard let constant = source.constant else {
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                try machine.render(.cached(source.evaluate(&machine).text))
            }
        }
        do {
            let template = try Template(constant.text)
            return ResultStatement(resultSlot: use.resultSlot) { try $0.render(template) }
        } catch {
            let reason = (error as? StackError)?.message.string ?? "\(error)"
            use.lowering.report(.syntax, use["value"]?.range ?? use.statement.nameRange, "the template is malformed: \(reason)")
            return nil
        }
    }

    // MARK: Geography

    /// In kilometres, over the mean radius of the earth (the haversine formula).
    private static func distance(_ use: StatementUse) -> (any StatementNode)? {
        let nodes = ["latitude_1", "longitude_1", "latitude_2", "longitude_2"].map { use.node($0) }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let radians = try nodes.map {
                try $0.evaluate(&machine).number(for: "util.geo_distance").decimal * .pi / 180
            }
            return .decimal(Earth.distance(radians[0], radians[1], radians[2], radians[3]))
        }
    }
}
