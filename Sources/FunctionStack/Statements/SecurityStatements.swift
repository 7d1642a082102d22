import Cryptography
import Values
import XanoScript

/// `security.*`, but for tokens.
enum SecurityStatements {
    static let definitions = random + passwords + encryption + keys

    // MARK: Randomness

    private static let random = [
        StatementDefinition("security.create_uuid") { use in
            ResultStatement(resultSlot: use.resultSlot) { .text($0.run.randomUUID()) }
        },
        StatementDefinition("security.random_number", attributes: [.required("min"), .required("max")]) { use in
            let minimum = use.node("min")
            let maximum = use.node("max")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let low = try minimum.evaluate(&machine).integer(for: "min")
                let high = try maximum.evaluate(&machine).integer(for: "max")
                guard low <= high else { throw StackError.mistake("security.random_number needs a min that is at most max") }
                return .integer(machine.run.randomInteger(in: low...high))
            }
        },
        StatementDefinition("security.random_bytes", attributes: [.required("length")]) { use in
            let length = use.node("length")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let count = try length.evaluate(&machine).index(for: "length")
                guard (0...1 << 20).contains(count) else {
                    throw StackError.mistake("security.random_bytes gives 0 to \(1 << 20) bytes")
                }
                try machine.charge(bytes: count)
                return .text(Text(bytes: machine.run.effects.randomBytes(count)))
            }
        },
    ]

    // MARK: Passwords

    private static let passwords = [
        StatementDefinition(
            "security.create_password",
            attributes: [
                .required("character_count", .number), .optional("require_lowercase", .boolean),
                .optional("require_uppercase", .boolean), .optional("require_digit", .boolean),
                .optional("require_symbol", .boolean), .optional("symbol_whitelist"),
            ],
            lower: makePassword),
        StatementDefinition(
            "security.check_password", attributes: [.required("text_password"), .required("hash_password")]
        ) { use in
            use.lowering.facts.needsWorker = true
            let password = use.node("text_password")
            let hash = use.node("hash_password")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let password = try password.evaluate(&machine)
                return .boolean(try Password.matches(password, hash: hash.evaluate(&machine)))
            }
        },
    ]

    private static func makePassword(_ use: StatementUse) -> (any StatementNode)? {
        let count = use.node("character_count")
        let needs = ["require_lowercase", "require_uppercase", "require_digit", "require_symbol"].map {
            use.node($0, default: false)
        }
        let symbols = use.node("symbol_whitelist", default: "")
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let count = try count.evaluate(&machine).index(for: "character_count")
            let needs = try needs.map { try $0.condition(&machine) }
            let symbols = try symbols.evaluate(&machine)
            let composition = Password.Composition(
                count: count, lowercase: needs[0], uppercase: needs[1], digit: needs[2], symbol: needs[3],
                symbols: symbols == .null ? [] : try symbols.textOperand("symbol_whitelist").bytes)
            var random = InjectedRandom(randomBytes: machine.run.effects.randomBytes)
            return .text(try Password.make(composition, &random))
        }
    }

    // MARK: Encryption

    private static let encryption = [
        crypt("security.encrypt") { try $0.encrypt($1) }, crypt("security.decrypt") { try $0.decrypt($1) },
    ]

    private static func crypt(
        _ name: String, _ operation: @escaping @Sendable (SymmetricEncryption, Text) throws -> Text
    ) -> StatementDefinition {
        let attributes = [
            AttributeShape.required("data"), .required("algorithm", .oneOf(SymmetricEncryption.algorithms)),
            .required("key"), .required("iv"),
        ]
        return StatementDefinition(name, attributes: attributes) { use in
            let nodes = ["data", "algorithm", "key", "iv"].map { use.node($0) }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let values = try nodes.map { try $0.evaluate(&machine) }
                let data = try values[0].textOperand(name, remedy: "make it text with json_encode")
                try machine.charge(bytes: data.byteCount)
                try machine.run.budget.charge(steps: data.byteCount / 256)
                let encryption = try SymmetricEncryption(name, algorithm: values[1], key: values[2], iv: values[3])
                return .text(try operation(encryption, data))
            }
        }
    }

    // MARK: Keys

    private static let keys = [
        key("security.create_secret_key", "bits", isSlow: false) { name, value in
            let bits = try value.integer(for: "bits")
            guard (8...1 << 16).contains(bits), bits.isMultiple(of: 8) else {
                throw StackError.mistake("\(name): bits is a multiple of 8 from 8 to \(1 << 16)")
            }
            return .secret(try SecureRandom.bytes(count: Int(bits) / 8))
        },
        // A large one takes seconds.
        key("security.create_rsa_key", "bits", isSlow: true) { name, value in
            let bits = try value.integer(for: "bits")
            guard (1024...8192).contains(bits) else { throw StackError.mistake("\(name): bits is a number from 1024 to 8192") }
            return .asymmetric(try .generateRSA(bits: Int(bits)))
        },
        key("security.create_curve_key", "curve", isSlow: false) { name, value in
            guard case .text(let text) = value, let curve = Curve(rawValue: text.string) else {
                throw StackError.mistake("\(name): curve is one of \(Curve.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return .asymmetric(try .generate(on: curve))
        },
    ]

    private static func key(
        _ name: String, _ attribute: String, isSlow: Bool,
        _ make: @escaping @Sendable (String, Value) throws -> JSONWebKey.Material
    ) -> StatementDefinition {
        let attributes = [AttributeShape.required(attribute), .optional("format", .oneOf(KeyFormat.names))]
        return StatementDefinition(name, attributes: attributes) { use in
            if isSlow { use.lowering.facts.needsWorker = true }
            let size = use.node(attribute)
            let format = use.node("format", default: "object")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let format = try KeyFormat.read(format.evaluate(&machine), name)
                let material = try make(name, size.evaluate(&machine))
                return try format.value(of: JSONWebKey(material))
            }
        }
    }
}

extension Run {
    /// Version 4 (RFC 9562, section 5.4).
    func randomUUID() -> Text {
        var bytes = effects.randomBytes(16)
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return Text(bytes: text)
    }

    func randomInteger(in range: ClosedRange<Int64>) -> Int64 {
        var generator = InjectedRandom(randomBytes: effects.randomBytes)
        return Int64.random(in: range, using: &generator)
    }
}
