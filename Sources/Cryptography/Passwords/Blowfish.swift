/// The state of Blowfish (Schneier, 1993) as bcrypt uses it: eighteen subkeys and four boxes of 256 words.
struct Blowfish {
    private var subkeys: [UInt32]
    private var boxes: [UInt32]

    init() {
        let digits = PiFraction.words
        subkeys = Array(digits[..<18])
        boxes = Array(digits[18..<1042])
    }

    /// Mixes a key in, and a salt of 16 bytes if there is one.
    mutating func expand(key: [UInt8], salt: [UInt8] = []) {
        let keyWords = Self.words(of: key, count: 18)
        for index in 0..<18 { subkeys[index] ^= keyWords[index] }
        let saltWords = salt.isEmpty ? [0, 0, 0, 0] : Self.words(of: salt, count: 4)
        var left: UInt32 = 0
        var right: UInt32 = 0
        for pair in 0..<521 {
            let offset = pair % 2 * 2
            (left, right) = encrypt(left ^ saltWords[offset], right ^ saltWords[offset + 1])
            let index = pair * 2
            if index < 18 {
                subkeys[index] = left
                subkeys[index + 1] = right
            } else {
                boxes[index - 18] = left
                boxes[index - 17] = right
            }
        }
    }

    func encrypt(_ left: UInt32, _ right: UInt32) -> (UInt32, UInt32) {
        var left = left
        var right = right
        let boxes = boxes.span
        let subkeys = subkeys.span
        for round in stride(from: 0, to: 16, by: 2) {
            left ^= subkeys[round]
            right ^= Self.mix(left, boxes)
            right ^= subkeys[round + 1]
            left ^= Self.mix(right, boxes)
        }
        return (right ^ subkeys[17], left ^ subkeys[16])
    }

    private static func mix(_ word: UInt32, _ boxes: Span<UInt32>) -> UInt32 {
        let first = boxes[Int(word >> 24)] &+ boxes[256 + Int(word >> 16 & 255)]
        return (first ^ boxes[512 + Int(word >> 8 & 255)]) &+ boxes[768 + Int(word & 255)]
    }

    /// So many words of bytes that begin anew when they are used up.
    static func words(of bytes: [UInt8], count: Int) -> [UInt32] {
        var position = 0
        return (0..<count).map { _ in
            var word: UInt32 = 0
            for _ in 0..<4 {
                word = word << 8 | UInt32(bytes[position])
                position = (position + 1) % bytes.count
            }
            return word
        }
    }
}

/// The first binary digits of π behind its point, of which Blowfish's tables are made. Computed by Machin's formula,
/// π = 16 arctan(1/5) − 4 arctan(1/239), when the first hash of bcrypt is checked.
private enum PiFraction {
    static let words: [UInt32] = {
        // The first word is the whole part, two at the end take up what rounding loses.
        var sum = [UInt32](repeating: 0, count: 1 + 1042 + 2)
        add(arctangentOf: 5, times: 16, adding: true, to: &sum)
        add(arctangentOf: 239, times: 4, adding: false, to: &sum)
        return Array(sum[1...1042])
    }()

    private static func add(arctangentOf inverse: UInt32, times factor: UInt32, adding: Bool, to sum: inout [UInt32]) {
        var power = [UInt32](repeating: 0, count: sum.count)
        power[0] = factor
        divide(&power, by: inverse)
        var divisor: UInt32 = 1
        var isAdded = adding
        while power.contains(where: { $0 != 0 }) {
            var term = power
            divide(&term, by: divisor)
            accumulate(term, adding: isAdded, to: &sum)
            divide(&power, by: inverse * inverse)
            divisor += 2
            isAdded.toggle()
        }
    }

    private static func divide(_ number: inout [UInt32], by divisor: UInt32) {
        var rest: UInt64 = 0
        for index in number.indices {
            let value = rest << 32 | UInt64(number[index])
            number[index] = UInt32(truncatingIfNeeded: value / UInt64(divisor))
            rest = value % UInt64(divisor)
        }
    }

    private static func accumulate(_ term: [UInt32], adding: Bool, to sum: inout [UInt32]) {
        var carry: Int64 = 0
        for index in sum.indices.reversed() {
            let value = Int64(sum[index]) + (adding ? Int64(term[index]) : -Int64(term[index])) + carry
            sum[index] = UInt32(truncatingIfNeeded: value)
            carry = value >> 32
        }
    }
}
