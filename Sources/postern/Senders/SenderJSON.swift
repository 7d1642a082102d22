import Values
import Verification

/// A sender as JSON.
enum SenderJSON {
    static func text(_ sender: SenderDescription) -> String {
        JSON.text(.object(object(sender))).string
    }

    private static func object(_ sender: SenderDescription) -> Object {
        let (profile, block) = (sender.profile, LocationBlock(sender))
        var object: Object = [
            "name": .text(profile.name), "title": .text(profile.title), "algorithm": .text(sender.algorithm),
            "scheme": .text(profile.schemeText), "signed": list(sender.signedParts), "covers_body": .boolean(sender.coversBody),
            "covers_id": sender.coversID.map { .boolean($0) } ?? .null, "needs_secret": .boolean(sender.rule.needsSecret),
            "secret_arrives": .boolean(profile.enrols), "needs_url": .boolean(sender.rule.needsURL),
            "keys": text(sender.publishedKeys), "tolerance": integer(sender.rule.defaultTolerance),
            "id": text(profile.idField?.text), "id_of": text(profile.identity.map { $0.rawValue.replacing("-id", with: "") }),
            "duplicates": .text(sender.rule.duplicates()), "event_type": text(profile.eventTypeField?.text),
        ]
        object["parameters"] = .array(profile.parameters.map { parameter(of: profile, $0) })
        object["verify_token"] = .boolean(profile.takesVerifyToken)
        object["handshakes"] = list(profile.handshakes.map(\.words))
        object["deadline"] = integer(profile.deadline.map { Int64($0) })
        object["success"] = integer(profile.successStatus.map { Int64($0) })
        object["disables"] = profile.disabling.isEmpty ? .null : .text("\(profile.disabling)")
        object["stops"] = profile.stopping.isEmpty ? .null : .text("\(profile.stopping)")
        object["answer_body"] = answerBody(profile.answerBody)
        object["repeats"] = text(profile.repeatedHeader)
        object["renames"] = profile.renaming.map { list([$0.own, $0.other]) } ?? .null
        object["content_type"] = text(profile.contentType)
        object["also_signs"] = list(profile.otherTexts.map(\.rawValue))
        object["get_is_event"] = .boolean(profile.getIsEvent)
        object["left_open"] = list(sender.warnings)
        object["notes"] = list(profile.notes)
        object["addresses"] = list(profile.addresses.map(\.url))
        object["sources"] = list(profile.sources)
        object["confidence"] = .text(profile.confidence.rawValue)
        object["nginx"] = .text(block.nginx)
        object["apache"] = .text(block.apache)
        object["route_file"] = .text(block.routeFile)
        return object
    }

    private static func parameter(of profile: SenderProfile, _ parameter: SenderProfile.Parameter) -> Value {
        [
            "name": .text(parameter.name), "meaning": .text(parameter.meaning),
            "required": .boolean(profile.requiredParameters.contains(parameter)), "binding": .boolean(parameter.isBinding),
        ]
    }

    /// false where no answer may have a body, null where any may.
    private static func answerBody(_ body: SenderProfile.AnswerBody) -> Value {
        switch body {
        case .any: .null
        case .none: .boolean(false)
        case .text(let text): .text(text)
        }
    }

    private static func list(_ texts: [String]) -> Value { .array(texts.map { .text($0) }) }
    private static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    private static func integer(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }
}
