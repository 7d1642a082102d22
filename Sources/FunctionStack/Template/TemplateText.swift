import Values

/// Values as templates put them out.
enum TemplateText {
    /// As PHP: true is `1`, false and null are nothing. Arrays and objects are JSON.
    static func text(_ value: Value) -> Text {
        switch value {
        case .boolean(let value): value ? "1" : Text()
        default: value.text
        }
    }
}
