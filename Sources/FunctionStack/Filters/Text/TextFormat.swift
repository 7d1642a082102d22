import Values

/// `sprintf`, with PHP's conversions: `%[number$][flags][width][.precision]letter`.
///
/// Letters are `b c d e E f F g G o s u x X` and `%`; flags `-`, `+`, `0`, a space, and `'` before another character to
/// fill with.
enum TextFormat {
    static func format(
        _ format: Text, _ arguments: borrowing FilterArguments, _ context: FilterContext
    ) throws -> Text {
        let format = format.bytes
        var result: [UInt8] = []
        var index = 0
        var next = 0
        while index < format.count {
            let byte = format[index]
            index += 1
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let conversion = Conversion(format, &index) else {
                throw StackError.mistake("sprintf: there is no such conversion after the % at byte \(index - 1)")
            }
            if conversion.letter == UInt8(ascii: "%") {
                result.append(conversion.letter)
                continue
            }
            let position = conversion.argument ?? next
            if conversion.argument == nil { next += 1 }
            guard position < arguments.count else {
                throw StackError.mistake(
                    "sprintf: the format needs \(position + 1) values, there are \(arguments.count)")
            }
            try context.budget.charge(bytes: max(conversion.width, conversion.precision ?? 0))
            let piece = try conversion.convert(arguments[position])
            try context.budget.charge(bytes: piece.count)
            result.append(contentsOf: piece)
        }
        return Text(bytes: result)
    }
}

/// One conversion of a format.
private struct Conversion {
    /// From 0; nil for the next one.
    private(set) var argument: Int?
    private var isLeftAligned = false
    private var showsPlus = false
    private var fill = UInt8(ascii: " ")
    private(set) var width = 0
    private(set) var precision: Int?
    private(set) var letter: UInt8 = 0

    private static let largest = Int(Int32.max)

    /// Reads what stands behind a `%`; nil if it is no conversion.
    init?(_ format: [UInt8], _ index: inout Int) {
        let start = index
        if let number = Self.number(format, &index), index < format.count, format[index] == UInt8(ascii: "$") {
            guard number > 0 else { return nil }
            argument = number - 1
            index += 1
        } else {
            index = start
        }
        readFlags(format, &index)
        width = Self.number(format, &index) ?? 0
        if index < format.count, format[index] == UInt8(ascii: ".") {
            index += 1
            precision = Self.number(format, &index) ?? 0
        }
        guard index < format.count, "bcdeEfFgGosuxX%".utf8.contains(format[index]) else { return nil }
        letter = format[index]
        index += 1
    }

    private mutating func readFlags(_ format: [UInt8], _ index: inout Int) {
        while index < format.count {
            switch format[index] {
            case UInt8(ascii: "-"): isLeftAligned = true
            case UInt8(ascii: "+"): showsPlus = true
            case UInt8(ascii: "0"): fill = UInt8(ascii: "0")
            case UInt8(ascii: " "): fill = UInt8(ascii: " ")
            case UInt8(ascii: "'"):
                guard index + 1 < format.count else { return }
                index += 1
                fill = format[index]
            default: return
            }
            index += 1
        }
    }

    private static func number(_ format: [UInt8], _ index: inout Int) -> Int? {
        var number: Int?
        while index < format.count, format[index].isASCIIDigit {
            number = min((number ?? 0) * 10 + Int(format[index] & 0x0F), largest)
            index += 1
        }
        return number
    }

    func convert(_ value: Value) throws -> [UInt8] {
        switch letter {
        case UInt8(ascii: "s"):
            let text = value.text
            let shown = precision.map { text.characters(0..<min($0, text.characterCount)) } ?? text
            return padded(shown.bytes)
        case UInt8(ascii: "d"):
            let number = try value.toInteger()
            return padded(sign: number < 0, Array(String(number.magnitude).utf8))
        case UInt8(ascii: "u"): return try unsigned(value, radix: 10)
        case UInt8(ascii: "b"): return try unsigned(value, radix: 2)
        case UInt8(ascii: "o"): return try unsigned(value, radix: 8)
        case UInt8(ascii: "x"): return try unsigned(value, radix: 16)
        case UInt8(ascii: "X"): return try unsigned(value, radix: 16, isUppercase: true)
        case UInt8(ascii: "c"): return [UInt8(truncatingIfNeeded: try value.toInteger())]
        default: return try decimal(value.toDecimal())
        }
    }

    private func unsigned(_ value: Value, radix: Int, isUppercase: Bool = false) throws -> [UInt8] {
        let number = UInt64(bitPattern: try value.toInteger())
        return padded(Array(String(number, radix: radix, uppercase: isUppercase).utf8))
    }

    private func decimal(_ value: Double) -> [UInt8] {
        let places = precision ?? 6
        let digits: [UInt8] =
            switch letter {
            case UInt8(ascii: "e"), UInt8(ascii: "E"): scientific(value, places: places)
            case UInt8(ascii: "g"), UInt8(ascii: "G"): general(value, digits: max(places, 1))
            default: fixed(value, places: places)
            }
        return padded(sign: value < 0, digits)
    }

    private func fixed(_ value: Double, places: Int) -> [UInt8] {
        var digits = DecimalDigits(exactly: value.magnitude)
        digits.round(places: places, halfToEven: true)
        let whole = digits.wholePart
        return places > 0 ? whole + [UInt8(ascii: ".")] + digits.fraction(places: places) : whole
    }

    /// `1.250000e+3`
    private func scientific(_ value: Double, places: Int) -> [UInt8] {
        let (digits, exponent) = DecimalDigits(exactly: value.magnitude).scientific(places: places)
        let mark = letter & 0x5F == UInt8(ascii: "E") ? letter : letter - 2
        var result = [digits[0]]
        if places > 0 { result += [UInt8(ascii: ".")] + digits.dropFirst() }
        result.append(mark)
        result.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        return result + Array(String(exponent.magnitude).utf8)
    }

    /// The shorter one of fixed and scientific, without zeros at the end.
    private func general(_ value: Double, digits count: Int) -> [UInt8] {
        let exponent = DecimalDigits(exactly: value.magnitude).scientific(places: count - 1).exponent
        if exponent < -4 || exponent >= count {
            let shown = scientific(value, places: count - 1)
            let end = shown.lastIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? shown.count
            let digits = Self.withoutZeros(Array(shown[..<end]))
            return (digits.count == 1 ? digits + Array(".0".utf8) : digits) + shown[end...]
        }
        return Self.withoutZeros(fixed(value, places: count - 1 - exponent))
    }

    private static func withoutZeros(_ digits: [UInt8]) -> [UInt8] {
        guard digits.contains(UInt8(ascii: ".")) else { return digits }
        var digits = digits
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.last == UInt8(ascii: ".") { digits.removeLast() }
        return digits
    }

    private func padded(sign isNegative: Bool, _ digits: [UInt8]) -> [UInt8] {
        let sign: [UInt8] = isNegative ? [UInt8(ascii: "-")] : showsPlus ? [UInt8(ascii: "+")] : []
        // Zeros stand behind the sign, other characters before it.
        guard fill == UInt8(ascii: "0"), !isLeftAligned else { return padded(sign + digits) }
        let zeros = repeatElement(fill, count: max(0, width - sign.count - digits.count))
        return sign + zeros + digits
    }

    private func padded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count < width else { return bytes }
        let padding = repeatElement(fill, count: width - bytes.count)
        return isLeftAligned ? bytes + padding : padding + bytes
    }
}
