import Testing

@testable import Values

@Suite("Bytes that are looked for sixteen at a time")
struct ByteMarksTests {
    @Test("A mark is found at every place, from every start, whatever stands around it", arguments: [0x00, 0x20, 0x7f, 0x80, 0xff] as [UInt8])
    func everyPlace(filling: UInt8) {
        let marks = ByteMarks(UInt8(ascii: "&"), UInt8(ascii: "="))
        for count in 0...40 {
            for place in 0..<count {
                for mark in [UInt8(ascii: "&"), UInt8(ascii: "=")] {
                    var bytes = [UInt8](repeating: filling, count: count)
                    bytes[place] = mark
                    for start in 0...count {
                        let expected = start <= place ? place : count
                        #expect(bytes.span.end(before: marks, from: start) == expected)
                        #expect(bytes.span.firstIndex(of: mark, from: start) == (start <= place ? place : nil))
                    }
                }
            }
        }
    }

    @Test("Text of base 64 in lines is told from text with any other byte at any place")
    func base64() {
        let fine = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\n".utf8)
        for byte in UInt8.min...UInt8.max {
            for count in [1, 15, 16, 17, 33] {
                for place in [0, count / 2, count - 1] {
                    var bytes = [UInt8](repeating: UInt8(ascii: "A"), count: count)
                    bytes[place] = byte
                    let isBase64 = bytes.span.isBase64InLines
                    #expect(isBase64 == fine.contains(byte), "\(byte) at \(place) of \(count)")
                }
            }
        }
        let isEmptyFine = [UInt8]().span.isBase64InLines
        #expect(isEmptyFine)
    }
}
