import Cryptography
import Values
import XanoScript

/// `security.jws_*`, `security.jwe_*`, and the tokens of signed-in users.
enum TokenStatements {
    static let definitions = [
        call("security.jws_encode", ["claims", "headers", "key", "signature_algorithm", "ttl"]) { call, values in
            try call.sign(claims: values[0], headers: values[1], key: values[2], algorithm: values[3], ttl: values[4])
        },
        call("security.jws_decode", ["token", "check_claims", "key", "signature_algorithm", "timeDrift"]) { call, values in
            try call.verify(token: values[0], expected: values[1], key: values[2], algorithm: values[3], drift: values[4])
        },
        call("security.jwe_encode", ["claims", "headers", "key", "key_algorithm", "content_algorithm", "ttl"]) { call, values in
            try call.encrypt(
                claims: values[0], headers: values[1], key: values[2], algorithm: values[3], content: values[4], ttl: values[5])
        },
        call(
            "security.jwe_decode", ["token", "check_claims", "key", "key_algorithm", "content_algorithm", "timeDrift"]
        ) { call, values in
            try call.decrypt(
                token: values[0], expected: values[1], key: values[2], algorithm: values[3], content: values[4],
                drift: values[5])
        },
        StatementDefinition(
            "security.create_auth_token",
            attributes: [
                .required("table", .text), .required("id"), .optional("extras"), .optional("expiration"),
            ],
            lower: authToken),
    ]

    /// `headers`, `check_claims`, `ttl` and `timeDrift` may be left out.
    private static func call(
        _ name: String, _ attributes: [String], _ body: @escaping @Sendable (TokenCall, [Value]) throws -> Value
    ) -> StatementDefinition {
        let shapes = attributes.map { attribute -> AttributeShape in
            switch attribute {
            case "headers", "check_claims", "ttl", "timeDrift": .optional(attribute)
            case "signature_algorithm": .required(attribute, .oneOf(JWSAlgorithm.allCases.map(\.rawValue)))
            case "key_algorithm": .required(attribute, .oneOf(JWEKeyAlgorithm.allCases.map(\.rawValue)))
            case "content_algorithm": .required(attribute, .oneOf(JWEContentAlgorithm.allCases.map(\.rawValue)))
            default: .required(attribute)
            }
        }
        return StatementDefinition(name, attributes: shapes) { use in
            let nodes = attributes.map { use.node($0) }
            if let index = attributes.firstIndex(of: "key_algorithm"),
                nodes[index].constant.map({ JWEKeyAlgorithm.isSlow($0.text.string) }) ?? true
            {
                use.lowering.facts.needsWorker = true
            }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let values = try nodes.map { try $0.evaluate(&machine) }
                let result = try body(TokenCall(user: name, now: machine.run.effects.clock()), values)
                try machine.charge(received: result)
                return result
            }
        }
    }

    // MARK: Signed-in users

    /// A day.
    private static let standardExpiration: Value = 86_400
    private static let longestExpiration: Int64 = 10_000_000_000

    private static func authToken(_ use: StatementUse) -> (any StatementNode)? {
        // The first one makes the key.
        use.lowering.facts.writesRecords = true
        let table = use.node("table")
        let known = use.lowering.names.authenticationTables
        if let name = table.constant?.text.string, !known.contains(name) {
            let range = use["table"]?.range ?? use.statement.nameRange
            use.lowering.report(.name, range, Identity.objection(to: name, use.lowering.names))
            return nil
        }
        let id = use.node("id")
        let extras = use.node("extras")
        let expiration = use.node("expiration", default: standardExpiration)
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let name = try table.evaluate(&machine).text.string
            guard known.contains(name) else {
                throw StackError.mistake("security.create_auth_token: the table \"\(name)\" has no `auth = true`")
            }
            let id = try id.evaluate(&machine)
            guard id != .null, id != "", !id.isArray, !id.isObject else {
                throw StackError(.inputError, "Missing param: id", payload: ["param": "id"])
            }
            let extras = try extras.evaluate(&machine).object(for: "the extras of security.create_auth_token")
            let seconds = try expiration.evaluate(&machine).integer(for: "expiration")
            guard (1...longestExpiration).contains(seconds) else {
                throw StackError.mistake("security.create_auth_token: expiration is seconds from 1 to \(longestExpiration)")
            }
            let key = try machine.run.records().tokenKey()
            let identity = Identity(table: name, id: id, extras: extras)
            return .text(try AuthToken.make(identity, seconds: seconds, now: machine.run.effects.clock(), key: key))
        }
    }
}

extension Identity {
    /// Why nobody signs in with a table.
    static func objection(to table: String, _ names: ProgramNames) -> String {
        names.tables.contains(table)
            ? "nobody signs in with the table \"\(table)\": it has no `auth = true`" : "there is no table \"\(table)\""
    }
}
