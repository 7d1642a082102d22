import Testing

@testable import XanoScript

@Suite("Expressions")
struct ExpressionTests {
    @Test(
        "Each value is read as what it means",
        arguments: [
            ("null", "null"), ("true", "true"), ("false", "false"), ("now", "now"),
            ("42", "42"), ("-42", "-42"), ("4.50", "4.5"), ("-0.5", "-0.5"), ("1e3", "1000.0"),
            ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
            ("\"a b\"", "\"a b\""), ("'say \"x\"'", "\"say \"x\"\""), ("\"\"", "\"\""),
            ("2025-03-17 18:33:50+0000", "\"2025-03-17 18:33:50+0000\""),
            ("asc", "'asc"), ("items.id", "'items.id"),
            ("$a", "$a"), ("$var.a", "$a"), ("$var.$a", "$a"), ("$variable", "$variable"), ("$$", "$$"),
            ("$input", "@input"), ("$result", "@result"), ("$this.a", "@this.a"),
            ("[]", "[]"), ("[1, 2,]", "[1 2]"), ("[a, c]", "['a 'c]"), ("[Order of, $name]", "[\"Order of\" $name]"),
            ("{}", "{}"), ("{a: 1, \"b c\": 2}", "{\"a\": 1, \"b c\": 2}"),
            ("{created_at : $x|to_text}", "{\"created_at\": (to_text $x)}"),
            ("{a.b: 1, X-Y: 2, 7: 3}", "{\"a.b\": 1, \"X-Y\": 2, \"7\": 3}"),
            ("{[$k]: 1, ($a ~ $b): 2, $c.d: 3}", "{$k: 1, (~ $a $b): 2, $c.d: 3}"),
            ("{!a: 1, b: 2}", "{\"b\": 2}"),
            ("(1..5)", "(.. 1 5)"), ("($a.from..$b - 1)", "(.. $a.from (- $b 1))"),
        ])
    func values(source: String, notation: String) throws {
        try expect(source, notation)
    }

    @Test(
        "A path goes from left to right through names, indexes and slices",
        arguments: [
            ("$a.b[0].c[$i]", "$a.b[0].c[$i]"), ("$a.0.1.b", "$a.0.1.b"), ("$a[\"key\"]", "$a[\"key\"]"),
            ("$a[1:2]", "$a[1:2]"), ("$a[1:]", "$a[1:]"), ("$a[:3]", "$a[:3]"), ("$a[]", "$a[:]"),
            ("$a[$b ? 1 : 2]", "$a[(? $b 1 2)]"), ("$a[$i - 1]", "$a[(- $i 1)]"),
            ("($a|first).b", "(first $a).b"), ("$a.[\"b\"]", "$a[\"b\"]"), ("$a.\"b c\"", "$a.b c"),
            ("$env.$http_headers.X-Some-Header-2", "@env.$http_headers.X-Some-Header-2"),
            ("$env.$remote_ip", "@env.$remote_ip"), ("$env.A_B", "@env.A_B"),
            ("$a.b-1", "(- $a.b 1)"), ("[1,2,3][0]", "[1 2 3][0]"), ("$db.user.email", "@db.user.email"),
            ("$input.null", "@input.null"),
        ])
    func paths(source: String, notation: String) throws {
        try expect(source, notation)
    }

    @Test(
        "Operators bind as PHP's do",
        arguments: [
            ("1 + 2 * 3", "(+ 1 (* 2 3))"), ("1 - 2 - 3", "(- (- 1 2) 3)"), ("2*-3", "(* 2 -3)"), ("5-3", "(- 5 3)"),
            ("-$a * 2", "(* (- $a) 2)"), ("!$a == $b", "(== (! $a) $b)"),
            ("\"n: \" ~ $a + 1", "(~ \"n: \" (+ $a 1))"), ("$a ~ \"x\" == \"bx\"", "(== (~ $a \"x\") \"bx\")"),
            ("$a < $b == $c > $d", "(== (< $a $b) (> $c $d))"),
            ("$a || $b && $c", "(|| $a (&& $b $c))"), ("$a ?? $b || $c", "(?? $a (|| $b $c))"),
            ("$a ?? $b ?? 1", "(?? $a (?? $b 1))"), ("$a === 1 && $b !== 2", "(&& (=== $a 1) (!== $b 2))"),
            ("$a % 2 == 0", "(== (% $a 2) 0)"), ("$a ? 1 : $b ? 2 : 3", "(? $a 1 (? $b 2 3))"),
            ("$a ? $b ? 1 : 2 : 3", "(? $a (? $b 1 2) 3)"),
            ("$a > -1 ? $b : ($t|strlen)", "(? (> $a -1) $b (strlen $t))"),
            ("($a ?? 1) - 1", "(- (?? $a 1) 1)"),
        ])
    func precedence(source: String, notation: String) throws {
        try expect(source, notation)
    }

    @Test(
        "The operators of a query are read with their question marks",
        arguments: [
            ("$db.a ==? $b", "(==? @db.a $b)"), ("$db.a >=? $b && $c", "(&& (>=? @db.a $b) $c)"),
            ("$db.a not in [\"x\", \"y\"]", "(not in @db.a [\"x\" \"y\"])"), ("$db.a in $b", "(in @db.a $b)"),
            ("$db.a includes? $b", "(includes? @db.a $b)"), ("$db.a not between 0:10", "(not between @db.a [0 10])"),
            ("$db.a between 1 : $b + 2 && true", "(&& (between @db.a [1 (+ $b 2)]) true)"),
            ("$db.a not contains \"x\"", "(not contains @db.a \"x\")"), ("$db.a overlaps [1]", "(overlaps @db.a [1])"),
            ("$db.a not ilike \"%x%\"", "(not ilike @db.a \"%x%\")"), ("$db.a @> {\"b\": 1}", "(@> @db.a {\"b\": 1})"),
            ("$db.a !~ \"^x\"", "(!~ @db.a \"^x\")"), ("$db.a ~ \"^x\"", "(~ @db.a \"^x\")"),
        ])
    func queryOperators(source: String, notation: String) throws {
        try expect(source, notation)
    }

    @Test(
        "Filters bind to what is left of them, and `|` ends an argument",
        arguments: [
            ("$a|trim|to_lower", "(to_lower (trim $a))"), ("$a + $b|add:2", "(+ $a (add $b 2))"),
            ("!$a|is_empty", "(! (is_empty $a))"), ("-5|abs", "(abs -5)"), ("-$a|abs", "(- (abs $a))"),
            ("$a|map:$$.x|first", "(first (map $a $$.x))"), ("$a|map:($$.x|first)", "(map $a (first $$.x))"),
            ("$a|find:$$.id == 5", "(find $a (== $$.id 5))"), ("$a|some:$$==$val", "(some $a (== $$ $val))"),
            ("$a|filter:$$%2==0", "(filter $a (== (% $$ 2) 0))"),
            ("$a|reduce:$$+$result:0", "(reduce $a (+ $$ @result) 0)"),
            ("$a|map:{id: $$.id, n: $$.n|to_text}", "(map $a {\"id\": $$.id, \"n\": (to_text $$.n)})"),
            ("$a|set:\"k\":$b.n + 1", "(set $a \"k\" (+ $b.n 1))"),
            ("$a|set:\"k\":$b ?? 0", "(set $a \"k\" (?? $b 0))"),
            ("$a|set:$i:$c ? 1 : 2", "(set $a $i (? $c 1 2))"), ("{}|set:foo:bar", "(set {} 'foo 'bar)"),
            ("[]|push:\"Bot \"~$env.k|push:\"x\"", "(push (push [] (~ \"Bot \" @env.k)) \"x\")"),
            ("$a|add: -14", "(add $a -14)"), ("$a|get:\"b\":null", "(get $a \"b\" null)"),
            ("$c ? $a|trim : $b", "(? $c (trim $a) $b)"), ("$c ? $a|get:\"x\" : \"y\"", "(? $c (get $a \"x\") \"y\")"),
            ("|uuid", "(uuid null)"), ("|range:1:5", "(range null 1 5)"), ("$a|!trim|to_lower", "(to_lower $a)"),
            ("$a\n  |trim\n  |split:\",\"", "(split (trim $a) \",\")"),
            ("($a|abs) != 35|add:2", "(!= (abs $a) (add 35 2))"),
            ("math.add(5, 3)", "(add 5 3)"), ("object.keys({a: 1})", "(keys {\"a\": 1})"),
        ])
    func filters(source: String, notation: String) throws {
        try expect(source, notation)
    }

    @Test(
        "Between backticks an expression may take several lines, and operators may follow filters",
        arguments: [
            ("`$a|count > 3`", "(> (count $a) 3)"),
            ("```\n  $a|\n  pick:(\n    $b|keys\n  )\n```|filter_null", "(filter_null (pick $a (keys $b)))"),
            ("`{\"test\": {\"value\": 1}}`|get:\"test\":null", "(get {\"test\": {\"value\": 1}} \"test\" null)"),
            ("`1\n-2`", "(- 1 2)"),
        ])
    func backticks(source: String, notation: String) throws {
        try expect(source, notation)
    }

    @Test(
        "A cast is a mark, a type and a literal; anything else behind the mark is negated",
        arguments: [
            ("!int \"5\"", "(as-int \"5\")"), ("!array \"[]\"|push:1", "(push (as-array \"[]\") 1)"),
            ("!int $x", "INVALID"), ("!$x", "(! $x)"), ("!($a && $b)", "(! (&& $a $b))"),
            ("!expr \"$a|add:1\"", "(add $a 1)"), ("!expr '\"x\" ~ $b'", "(~ \"x\" $b)"),
        ])
    func casts(source: String, notation: String) throws {
        if notation == "INVALID" {
            #expect(Parser.parseExpression(source).expression == nil)
        } else {
            try expect(source, notation)
        }
    }

    @Test(
        "What stands in the text of an !expr is read like any other expression, mistakes included",
        arguments: [
            ("{a = 1}", "{\"a\": 1}"), ("[Order of, 5]", "[\"Order of\" 5]"), ("5.x", nil), ("(5).x", "5.x"),
            ("$a|b == 1", "(== (b $a) 1)"),
            ("!expr '$a'", "$a"), ("{a: 1, a: 2}", "{\"a\": 1, \"a\": 2}"),
            ("$env.$http_headers.X-Y", "@env.$http_headers.X-Y"),
        ] as [(String, String?)])
    func quoted(source: String, notation: String?) {
        let literal = "\"" + source.replacing("\"", with: "\\\"") + "\""
        let prefix = "               "
        let (expression, diagnostics) = Parser.parseExpression(prefix + "!expr " + literal)
        #expect(expression?.notation == notation)
        #expect(
            diagnostics.allSatisfy {
                $0.range.start == prefix.count + 6 && $0.range.end == prefix.count + 6 + literal.utf8.count
            })
    }

    @Test("A key operator after a filter's argument compares the filtered value, with a warning")
    func comparisonAfterArgument() throws {
        let (expression, diagnostics) = Parser.parseExpression("$a|get:\"type\" == \"x\" && $b")
        #expect(try #require(expression).notation == "(&& (== (get $a \"type\") \"x\") $b)")
        #expect(diagnostics.map(\.severity) == [.warning])
        #expect(diagnostics.first?.remedy == "write ($a|get:\"type\") == …")
    }

    @Test(
        "What is no expression is refused at the place where it ends to be one",
        arguments: [
            ("$a|count > 3", 10, "a filtered value needs parentheses before `>`"),
            ("$a|to_text ~ \"x\"", 12, "a filtered value needs parentheses before `~`"),
            ("$a|is_empty ? 1 : 2", 13, "a filtered value needs parentheses before `?`"),
            ("($a|abs < (35|add:2))", 9, "a filtered value needs parentheses before `<`"),
            ("$a 12", 4, "expected an operator or the end, found `12`"),
            ("$a + ", 4, "expected a value, found the end of the file"),
            ("(1 + 2", 6, "expected `)`, found the end of the file"),
            ("[1, 2", 5, "expected `]`, found the end of the file"),
            ("$a ? 1", 6, "expected `:` and the other value of `? :`, found the end of the file"),
            ("$a ==", 5, "expected a value, found the end of the file"),
            ("$a && ? $b", 7, "expected a value, found `?`"),
            ("$a & $b", 4, "there is no operator `&`"),
            ("{a = 1}", 4, "in an object a colon stands between key and value"),
            ("{a: 1, a: 2}", 8, "the key `a` stands twice in this object"),
            ("{a: 1 b: 2}", 7, "expected `,`, a line end or `}`, found `b`"),
            ("9223372036854775808", 1, "this whole number does not fit into 64 bits"),
            ("1e999", 1, "this number is too large"),
            ("\"abc", 1, "this text is never closed"),
            ("\"\"\"abc", 1, "this text is never closed"),
            ("$a.", 3, "expected a name after `.`, found the end of the file"),
            ("$a|", 3, "expected the name of a filter, found the end of the file"),
            ("math.ad(1)", 1, "there is no function `math.ad` that can be called in an expression"),
            ("!expr \"1 +\"", 7, "expected a value, found the end of the file"),
            ("\u{201C}x\u{201D}", 1, "expected a value, found `\u{201C}`"),
        ])
    func mistakes(source: String, column: Int, message: String) throws {
        let (_, diagnostics) = Parser.parseExpression(source)
        let first = try #require(diagnostics.first)
        #expect(first.message == message)
        #expect(first.file.position(of: first.range.start).column == column)
    }

    @Test("An expression deeper than the bound is an error, however it got there")
    func depth() {
        let many = 20_000
        let chains = [
            Array(repeating: "1", count: many).joined(separator: "+"),
            "$a" + String(repeating: "|trim", count: many),
            "$a" + String(repeating: ".b", count: many),
            String(repeating: "(", count: 100_000) + "1",
            String(repeating: "[", count: many), String(repeating: "{a:", count: many),
            String(repeating: "!", count: many), String(repeating: "- ", count: many),
            String(repeating: "`", count: many), String(repeating: "$a ? ", count: many),
            String(repeating: "1 ?? ", count: many), String(repeating: "$a|b:", count: many),
            String(repeating: "$a[", count: many), String(repeating: "math.add(", count: many),
        ]
        for chain in chains {
            let (expression, diagnostics) = Parser.parseExpression(chain)
            #expect(!diagnostics.isEmpty, "\(chain.prefix(20))")
            #expect((expression?.notation.count ?? 0) < many)
        }
        let long = Array(repeating: "$a", count: 300).joined(separator: " ~ ")
        #expect(Parser.parseExpression(long).diagnostics.isEmpty)
    }

    private func expect(_ source: String, _ notation: String, _ at: SourceLocation = #_sourceLocation) throws {
        let (expression, diagnostics) = Parser.parseExpression(source)
        #expect(diagnostics.map { $0.render() } == [], sourceLocation: at)
        #expect(try #require(expression, sourceLocation: at).notation == notation, sourceLocation: at)
    }
}
