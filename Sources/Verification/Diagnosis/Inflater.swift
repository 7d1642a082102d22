/// Decompresses DEFLATE (RFC 1951), bit by bit: slow, small, and bounded.
struct Inflater {
    private let input: ArraySlice<UInt8>
    private let limit: Int
    private var position: Int
    private var bit = 0
    private var output: [UInt8] = []

    private struct Malformed: Error {}

    /// - Parameter limit: the most bytes that come out: a few that a stranger sends may stand for gigabytes.
    init(_ input: ArraySlice<UInt8>, limit: Int) {
        self.input = input
        self.limit = limit
        position = input.startIndex
    }

    /// nil for what is malformed, or would be longer than the limit.
    mutating func inflated() -> [UInt8]? {
        do throws(Malformed) {
            while true {
                let isLast = try bits(1) == 1
                switch try bits(2) {
                case 0: try copyStored()
                case 1: try decode(.fixedLiterals, .fixedDistances)
                case 2:
                    let (literals, distances) = try codes()
                    try decode(literals, distances)
                default: throw Malformed()
                }
                if isLast { return output }
            }
        } catch {
            return nil
        }
    }

    private mutating func bits(_ count: Int) throws(Malformed) -> Int {
        var value = 0
        for shift in 0..<count {
            guard position < input.endIndex else { throw Malformed() }
            value |= Int(input[position] >> UInt8(bit) & 1) << shift
            bit += 1
            if bit == 8 { (bit, position) = (0, position + 1) }
        }
        return value
    }

    private mutating func copyStored() throws(Malformed) {
        if bit > 0 { (bit, position) = (0, position + 1) }
        guard input.endIndex - position >= 4 else { throw Malformed() }
        let count = Int(input[position]) | Int(input[position + 1]) << 8
        position += 4
        guard input.endIndex - position >= count, output.count + count <= limit else { throw Malformed() }
        output += input[position..<position + count]
        position += count
    }

    // MARK: Codes

    /// A prefix code, by how many codes there are of each length and the symbols in the order of their codes.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        static let fixedLiterals = Code(
            lengths: [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
                + [Int](repeating: 8, count: 8))
        static let fixedDistances = Code(lengths: [Int](repeating: 5, count: 30))

        init(lengths: [Int]) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            for length in 1...15 where counts[length] > 0 {
                symbols += lengths.indices.filter { lengths[$0] == length }
            }
        }
    }

    private mutating func symbol(_ code: Code) throws(Malformed) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            value |= try bits(1)
            let count = code.counts[length]
            // A code that has more entries than its lengths allow may point behind the symbols.
            if value - count < first {
                let position = index + value - first
                guard code.symbols.indices.contains(position) else { throw Malformed() }
                return code.symbols[position]
            }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw Malformed()
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private mutating func codes() throws(Malformed) -> (literals: Code, distances: Code) {
        let literalCount = try bits(5) + 257
        let distanceCount = try bits(5) + 1
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<(try bits(4) + 4) { lengths[Self.lengthOrder[index]] = try bits(3) }
        let code = Code(lengths: lengths)
        var all: [Int] = []
        while all.count < literalCount + distanceCount {
            switch try symbol(code) {
            case let length where length < 16: all.append(length)
            case 16:
                guard let last = all.last else { throw Malformed() }
                all += [Int](repeating: last, count: try bits(2) + 3)
            case 17: all += [Int](repeating: 0, count: try bits(3) + 3)
            default: all += [Int](repeating: 0, count: try bits(7) + 11)
            }
        }
        guard all.count == literalCount + distanceCount else { throw Malformed() }
        return (Code(lengths: Array(all[..<literalCount])), Code(lengths: Array(all[literalCount...])))
    }

    // MARK: Symbols

    private static let lengths = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distances = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193,
        12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]

    private mutating func decode(_ literals: Code, _ distances: Code) throws(Malformed) {
        while true {
            let symbol = try symbol(literals)
            if symbol == 256 { return }
            guard symbol > 256 else {
                guard output.count < limit else { throw Malformed() }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol - 257 < Self.lengths.count else { throw Malformed() }
            let length = Self.lengths[symbol - 257] + (try bits(Self.lengthBits[symbol - 257]))
            let index = try self.symbol(distances)
            guard index < Self.distances.count else { throw Malformed() }
            let distance = Self.distances[index] + (try bits(Self.distanceBits[index]))
            guard distance <= output.count, output.count + length <= limit else { throw Malformed() }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }
}
