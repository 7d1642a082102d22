import Testing

@testable import FunctionStack

@Suite("The table of filters")
struct FilterTableTests {
    @Test("A filter that Postern refuses is known, with its reason")
    func unsupported() throws {
        let definition = try #require(FilterTable.standard["lambda_map"])
        guard case .unsupported(let reason) = definition.implementation else {
            Issue.record("lambda_map must be refused")
            return
        }
        #expect(reason.contains("JavaScript"))
    }

    @Test(
        "A misspelt name is answered with the nearest known one, a wholly unknown one with none",
        arguments: [("lamda_map", "lambda_map"), ("lambda_mpa", "lambda_map"), ("zzzzzz", nil)])
    func nearest(name: String, expected: String?) {
        #expect(FilterTable.standard.nearest(to: name) == expected)
    }
}
