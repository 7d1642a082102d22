import Values
import XanoScript

/// `security.*`, as far as it needs randomness only.
enum SecurityStatements {
    static let definitions = [
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
