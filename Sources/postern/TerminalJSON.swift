import Intake
import Values

/// JSON on one line for programs and for terminals: what a terminal would obey stands there in JSON's own escapes, also where
/// JSON allows it as it is.
enum TerminalJSON {
    static func text(_ object: Object) -> String {
        let text = JSON.text(.object(object)).string
        guard text.unicodeScalars.contains(where: Log.isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            // All of them stand in texts, and none needs more than four digits.
            if Log.isControl(scalar) {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
