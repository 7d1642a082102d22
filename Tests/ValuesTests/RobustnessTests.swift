import Testing

@testable import Values

/// Valid input, changed at random: nothing may end the process, and what is accepted must be sound.
@Suite("Robustness against changed input")
struct RobustnessTests {
    static let json = [
        #"{"id":"evt_1","n":[1,-2.5e3,0,true,false,null],"t":"é\u00e9\ud83d\ude00\n\"","o":{"a":{"b":[[],{}]}}}"#,
        #"[{"a":"x","a":"y"},"\\\/\b\f\r\t",12345678901234567890,1e308,-0]"#, "  [ 1 , { } ]  ",
    ].map { Array($0.utf8) }

    static let forms = ["a=1&b[]=2&b[]=3&c[d][e]=%20x+y&f[0]=a&f[1]=b&=&%zz=%", "a[b]=1&a=2&a[][]=3&[x]=4&y]=5"].map { Array($0.utf8) }

    static let bodies = [MultipartTests.sample]

    /// Changes some bytes: flips, takes out, repeats, or puts in what has a meaning.
    static func changed(_ input: [UInt8], _ random: inout SplitMix, _ words: [[UInt8]]) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0...bytes.count, using: &random)
            let length = Int.random(in: 0...min(8, bytes.count - index), using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where index < bytes.count: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(index..<index + length)
            case 2: bytes.insert(contentsOf: Array(bytes[index..<index + length]), at: index)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            default: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: index)
            }
        }
        return bytes
    }

    @Test("JSON: what is read is printed as JSON that reads back as the same")
    func json() throws {
        var random = SplitMix(seed: 3)
        let words = ["\"", "\\", "\\u", "[", "]", "{", "}", ",", ":", "1e9", "-", "null", "\u{feff}", "\0"].map { Array($0.utf8) }
        var accepted = 0
        for round in 0..<3_000 {
            let input = Self.changed(Self.json[round % Self.json.count], &random, words)
            guard let value = try? JSON.parse(input) else { continue }
            accepted += 1
            let printed = JSON.print(value)
            #expect(try JSON.print(JSON.parse(printed)) == printed)
            #expect(String(validating: input, as: UTF8.self) != nil)
        }
        #expect(accepted > 100)
    }

    @Test("JSON: an error's place lies within the input")
    func errors() {
        var random = SplitMix(seed: 4)
        for round in 0..<2_000 {
            let input = Self.changed(Self.json[round % Self.json.count], &random, [[0x0a], [0xff], [0x22]])
            do {
                _ = try JSON.parse(input)
            } catch {
                #expect(0...input.count ~= error.offset && error.line >= 1 && error.column >= 1)
            }
        }
    }

    @Test("Forms: every pair of the value is one that came, and its depth is bounded")
    func forms() throws {
        var random = SplitMix(seed: 5)
        let words = ["[", "]", "[]", "&", "=", "%", "%41", "+", "a[b"].map { Array($0.utf8) }
        for round in 0..<3_000 {
            let input = Self.changed(Self.forms[round % Self.forms.count], &random, words)
            let form = try Form(input)
            let value = try form.value()
            #expect(!value.isDeeper(than: 66))
            guard case .object(let object) = value else { continue }
            #expect(object.count <= form.pairs.count)
        }
    }

    @Test("Multipart: parts lie in their order within the body and do not overlap")
    func multipart() {
        var random = SplitMix(seed: 6)
        let words = ["\r\n", "--X", "--X--", "\r\n--X\r\n", "\r\n\r\n", "name=\"", ";", "filename=", "\0"].map { Array($0.utf8) }
        var accepted = 0
        for round in 0..<3_000 {
            let input = Self.changed(Self.bodies[round % Self.bodies.count], &random, words)
            guard let multipart = try? Multipart(input, contentType: MultipartTests.type) else { continue }
            accepted += 1
            var end = 0
            for part in multipart.parts {
                #expect(part.range.lowerBound >= end && part.range.upperBound <= input.count)
                end = part.range.upperBound
            }
            _ = try? multipart.value(of: input)
        }
        #expect(accepted > 100)
    }

    @Test("Media types: any text is read or refused")
    func mediaTypes() {
        var random = SplitMix(seed: 7)
        let source = Array(#"multipart/form-data; boundary="a\"b"; charset=utf-8"#.utf8)
        for _ in 0..<3_000 {
            let input = Self.changed(source, &random, [[0x22], [0x3b], [0x5c], [0x3d]])
            _ = MediaType(String(decoding: input, as: UTF8.self))
        }
    }

    @Test("CSV: what is read is written as CSV that reads back as the same")
    func csv() throws {
        var random = SplitMix(seed: 8)
        let source = Array("a,b,c\r\n\"x,\"\"y\"\"\n\",,z\n1,2,3\n".utf8)
        for _ in 0..<2_000 {
            let input = Self.changed(source, &random, [[0x22], [0x2c], [0x0d, 0x0a], [0x22, 0x22]])
            guard let rows = try? CSV().parse(Text(bytes: input)) else { continue }
            var buffer: [UInt8] = []
            for row in rows { CSV().append(row, to: &buffer) }
            #expect(try CSV().parse(Text(bytes: buffer)) == rows)
        }
    }

    @Test("XML: any text is read or refused, and what is read is not too deep")
    func xml() {
        var random = SplitMix(seed: 9)
        let source = Array("<?xml version='1.0'?><!-- c --><a b='1&amp;2'>x<c/>&#65;<![CDATA[<]]>\n<d>y</d></a>".utf8)
        let words = ["<", ">", "</a>", "&", ";", "<!--", "-->", "<![CDATA[", "]]>", "<?", "'"].map { Array($0.utf8) }
        for _ in 0..<3_000 {
            let input = Self.changed(source, &random, words)
            guard let value = try? XML.parse(Text(bytes: input)) else { continue }
            #expect(!value.isDeeper(than: Value.maximumDepth))
        }
    }
}
