import Testing
import Values

@testable import FunctionStack

@Suite("Templates")
struct TemplateTests {
    static let data: Object = [
        "name": "Ada", "count": 3, "user": ["name": "Ada", "address": ["city": "Paris"]],
        "input": ["items": ["a", "b", "c"]], "html": "<b>",
    ]

    static func context(maximumSteps: Int = 1_000_000, maximumBytes: Int = 1 << 24) -> FilterContext {
        FilterContext(
            clock: { 1_709_209_845_678 }, random: SystemRandomNumberGenerator(),
            budget: Budget(maximumSteps: maximumSteps, maximumBytes: maximumBytes))
    }

    static func render(_ source: String, context: FilterContext = context()) -> String {
        do {
            return try Template.cached(Text(source)).render(context: context) { data[$0] }.string
        } catch let error as StackError {
            return "error: " + error.message.string
        } catch {
            return "error: \(error)"
        }
    }

    @Test("Expressions give what the table says", arguments: try Fixture.rows("Template/expressions.txt"))
    func expressions(row: [String]) {
        let result = Self.render("{{ " + row[0] + " }}")
        let expected = row[1] == "(nothing)" ? "" : row[1]
        if expected.hasPrefix("error:") {
            #expect(result.hasPrefix("error: ") && result.contains(expected.dropFirst(7)), "\(result)")
        } else {
            #expect(result == expected)
        }
    }

    @Test(
        "Tags",
        arguments: [
            ("{% if $count > 2 %}A{% elseif $count > 1 %}B{% else %}C{% endif %}", "A"),
            ("{% if $count > 5 %}A{% elseif $count > 2 %}B{% else %}C{% endif %}", "B"),
            ("{% if $count > 5 %}A{% elseif $count > 4 %}B{% else %}C{% endif %}", "C"),
            ("{% if 0 %}A{% endif %}{% if '0' %}B{% endif %}{% if [] %}C{% endif %}{% if 'x' %}D{% endif %}", "D"),
            ("{% for i in $input.items %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}", "1a,2b,3c"),
            ("{% for k, v in $user.address %}{{ k }}={{ v }}{% endfor %}", "city=Paris"),
            ("{% for i, v in ['x', 'y'] %}{{ i }}{{ v }}{% endfor %}", "0x1y"),
            ("{% for i in [] %}x{% else %}none{% endfor %}", "none"), ("{% for i in $nothing %}x{% else %}none{% endfor %}", "none"),
            ("{% for i in 1..3 %}{{ i }}{% endfor %}{{ i }}", "123"),
            ("{% for i in 1..6 if i is even %}{{ loop.index }}{{ i }}{% endfor %}", "122436"),
            ("{% for a in 1..2 %}{% for b in 1..2 %}{{ loop.parent.loop.index }}{{ loop.index }} {% endfor %}{% endfor %}", "11 12 21 22 "),
            ("{% for i in 1..3 %}{{ loop.revindex }}{{ loop.first ? 'f' }}{{ loop.length }}{% endfor %}", "3f32313"),
            ("{% set x = 5 %}{{ x }}", "5"), ("{% set x, y = 1, 2 %}{{ x }}{{ y }}", "12"),
            ("{% set x %}<{{ $name }}>{% endset %}{{ x }}{{ x }}", "<Ada><Ada>"),
            ("{% set x = 0 %}{% for i in 1..3 %}{% set x = x + i %}{% set y = 1 %}{% endfor %}{{ x }}{{ y is defined ? 'y' }}", "6"),
            ("{% set i = 'kept' %}{% for i in 1..3 %}{% endfor %}{{ i }}", "kept"),
            ("{% set name = 'Eve' %}{{ name }}{{ $var.name }}", "EveAda"),
            ("{% apply upper %}hello {{ $name }}{% endapply %}", "HELLO ADA"),
            ("{% apply lower|escape %}<A>{% endapply %}", "&lt;a&gt;"), ("{% do 1 + 1 %}x", "x"),
            ("a{# comment {{ x }} #}b", "ab"), ("{% verbatim %}{{ x }}{% if %}{% endverbatim %}!", "{{ x }}{% if %}!"),
            ("{{ $html }}{{ $html|e }}", "<b>&lt;b&gt;"),
            ("{% autoescape %}{{ $html }}{{ $html|raw }}{{ $html|e }}{% endautoescape %}{{ $html }}", "&lt;b&gt;<b>&lt;b&gt;<b>"),
            ("{% autoescape %}{% set x %}<{{ $html }}>{% endset %}{{ x }}{% set x = '<' ~ '' %}{{ x }}{% endautoescape %}", "<&lt;b&gt;>&lt;"),
            ("{% autoescape %}{% set x %}<{% endset %}{{ x }}{% for x in ['<'] %}{{ x }}{% endfor %}{{ 1 ? '<' : '' }}{% endautoescape %}", "<&lt;<"),
            ("{% with {x: 1, name: 'Eve'} %}{{ x }}{{ name }}{{ count }}{% set count = 9 %}{% endwith %}{{ x }}{{ name }}{{ count }}", "1Eve3Ada3"),
            ("{% with {x: 1} only %}{{ x }}{{ name }}{% endwith %}{% with %}{% set x = 2 %}{{ x }}{% endwith %}{{ x }}", "12"),
            ("{% apply spaceless %}<a> <b>c</b> </a>{% endapply %}", "<a><b>c</b></a>"),
            ("{% if $user is defined %}{{ $user }}{% endif %}", #"{"name":"Ada","address":{"city":"Paris"}}"#),
            ("{{ '}}' }}{{ {'a': {'b': 1}}.a.b }}", "}}1"), ("{ {x} }} %} #}", "{ {x} }} %} #}"), ("", ""),
        ])
    func tags(source: String, expected: String) {
        #expect(Self.render(source) == expected)
    }

    @Test(
        "White space: a tag's own line break goes, - takes all of it, ~ spaces only",
        arguments: [
            ("a\n{% if 1 %}\nb\n{% endif %}\nc", "a\nb\nc"), ("a {{- 1 -}} b", "a1b"), ("a \n {%- if 1 -%} \n b {%- endif %} c", "ab c"),
            ("a\n {{~ 1 ~}} \nb", "a\n1\nb"), ("a {#- x -#} b", "ab"), ("{{ 1 }}\n", "1\n"), ("{% set x = 1 %}\r\nb", "b"),
            ("a{# x #}\nb", "ab"), ("{% if 1 ~%} \nb{% endif %}", "\nb"), ("a{# x ~#} \nb", "a\nb"),
            ("a\n{% verbatim %}\n{{ x }}\n{% endverbatim %}\nb", "a\n\n{{ x }}\n\nb"), ("a {%- verbatim -%} x {%- endverbatim -%} b", "axb"),
        ])
    func whiteSpace(source: String, expected: String) {
        #expect(Self.render(source) == expected)
    }

    /// The example of the language server's tests.
    @Test("The documentation's loop over an object's properties")
    func documentation() {
        let source = """
            {% set user = {
                'name': 'Alice',
                'email': 'alice@example.com',
                'age': 30,
                'active': true
            } %}

            <h1>User Properties</h1>

            <ul>
            {% for key, value in user %}
                <li>{{ key }}: {{ value }}</li>
            {% endfor %}
            </ul>
            """
        let expected = """

            <h1>User Properties</h1>

            <ul>
                <li>name: Alice</li>
                <li>email: alice@example.com</li>
                <li>age: 30</li>
                <li>active: 1</li>
            </ul>
            """
        #expect(Self.render(source) == expected)
    }

    @Test(
        "Mistakes name their line",
        arguments: [
            ("a\nb\n{{ 1 + }}", "line 3"), ("\n{% if 1 %}\n\nx", "line 2: {% if %} is not closed by {% endif %}"),
            ("\n\n{% endif %}", "line 3: {% endif %} closes nothing"), ("{% for x in 1..2 %}\n{% endif %}", "line 2: {% endif %} stands where {% endfor %}"),
            ("{% with 1 %}{% endwith %}", "with takes an object"), ("{% macro a() %}{% endmacro %}", "the tag {% macro %} is not supported"), ("{% spaceless %}", "write {% apply spaceless %}"),
            ("\n{% include 'x' %}", "line 2: the tag {% include %} is not supported"), ("\n{{ x", "line 2: this is not closed by }}"),
            ("\n\n{# x", "line 3: the comment is not closed"), ("{% for in x %}{% endfor %}", "line 1"), ("{% for x of y %}{% endfor %}", "expected in"),
            ("{%\n\n set x = 1 / 0 %}", "Division by zero"), ("{% %}", "must begin with its name"), ("{% set x, y = 1 %}", "2 names and 1 values"),
            ("{% verbatim %}\n{{ x", "line 1: {% verbatim %} is not closed"), ("{% if 1 %}{% else %}{% else %}{% endif %}", "stands where {% endif %}"),
        ])
    func mistakes(source: String, part: String) {
        let result = Self.render(source)
        #expect(result.hasPrefix("error: Template, line ") && result.contains(part), "\(result)")
    }

    @Test("Loops and output are bounded by the run's budget")
    func bounds() {
        let steps = "{% for a in 1..1000 %}{% for b in 1..1000 %}x{% endfor %}{% endfor %}"
        #expect(Self.render(steps, context: Self.context(maximumSteps: 10_000)).contains("POSTERN_MAX_STEPS"))
        let bytes = "{% set x = 'xxxxxxxx' %}{% for a in 1..40 %}{% set x = x ~ x %}{% endfor %}"
        #expect(Self.render(bytes).contains("POSTERN_MAX_MEMORY"))
        let output = "{% for a in 1..1000 %}{{ $name }}0123456789{% endfor %}"
        #expect(Self.render(output, context: Self.context(maximumBytes: 5_000)).contains("POSTERN_MAX_MEMORY"))
    }

    @Test("Nesting is bounded, in tags and in expressions")
    func depth() {
        let tags = String(repeating: "{% if 1 %}", count: 1_000) + String(repeating: "{% endif %}", count: 1_000)
        #expect(Self.render(tags).contains("nested more than"))
        for (open, close) in [("(", ")"), ("[", "]"), ("not ", ""), ("-", ""), ("x ? ", " : 1")] {
            let source = "{{ " + String(repeating: open, count: 500) + "1" + String(repeating: close, count: 500) + " }}"
            #expect(Self.render(source).contains("nested more than"))
        }
    }
    @Test("So is how much stands in a row", arguments: [" + 1", " ~ 1", ".a", "[0]", "|upper", " is defined", " and 1"])
    func row(link: String) {
        #expect(Self.render("{{ 1" + String(repeating: link, count: 50_000) + " }}").contains("more than 2000 parts"))
        #expect(!Self.render("{{ 1" + String(repeating: link, count: 1_000) + " }}").contains("parts"))
    }
}
