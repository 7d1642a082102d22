internal import Synchronization
package import Values

/// A template in the language of Twig, parsed: outputs, filters, `if`, `for`, `set` and what the documentation shows.
///
/// Nothing is escaped unless the template says so (`|escape`, `{% autoescape %}`): Xano's templates make prompts, JSON
/// and SQL as well as HTML.
package final class Template: Sendable {
    private let nodes: [TemplateNode]

    /// - Throws: `StackError` with the line and the reason if the template is malformed.
    package init(_ source: Text) throws {
        var parser = try TemplateParser(source)
        nodes = try parser.parse()
    }

    /// - Parameters:
    ///   - context: the clock, the randomness and the bounds of the run
    ///   - variables: what a name stands for, without its `$`: `input`, `env`, and the variables of the stack
    ///   - placeholder: gives what stands for an output, where that is not to be its text
    package func render(
        context: FilterContext, placeholder: ((Value) throws -> Text)? = nil, variables: @escaping (Text) -> Value?
    ) throws -> Text {
        var renderer = TemplateRenderer(context: context, placeholder: placeholder, variables: variables)
        try renderer.render(nodes)
        return Text(bytes: renderer.output)
    }

    private struct Cache {
        var templates: [Text: Template] = [:]
        /// Those from before the last time that there had become too many.
        var older: [Text: Template] = [:]
    }

    private static let cache = Mutex(Cache())
    private static let capacity = 128

    /// The template of a source that is known only at run time; those used last are kept parsed.
    ///
    /// - Throws: `StackError` with the line and the reason if the template is malformed.
    package static func cached(_ source: Text) throws -> Template {
        // A large one costs more memory than parsing it again costs time.
        guard source.byteCount <= 65_536 else { return try Template(source) }
        if let known = cache.withLock({ $0.templates[source] }) { return known }
        let older = cache.withLock { $0.older[source] }
        let template = try older ?? Template(source)
        cache.withLock { cache in
            if cache.templates.count >= capacity {
                cache.older = cache.templates
                cache.templates = [:]
            }
            cache.templates[source] = template
        }
        return template
    }
}
