extension SenderProfile {
    /// What the sender makes of answers, and what Postern makes of that: one sentence each.
    package var answers: [String] {
        var sentences: [String] = []
        if let deadline {
            sentences.append("it waits \(deadline) s for the answer; POSTERN_DEADLINE is four fifths of that where it is not set")
        }
        if let successStatus { sentences.append("an accepted event is answered \(successStatus)") }
        switch answerBody {
        case .any: break
        case .none: sentences.append("no answer may have a body: what a stack returns is not sent")
        case .text(let text): sentences.append("an accepted event is answered with the text \(text), and a stack has to answer so too")
        }
        if let repeatedHeader { sentences.append("every answer to it repeats the header \(repeatedHeader)") }
        if !disabling.isEmpty {
            sentences.append("after \(disabling) it gives the address up: such a status of a stack or of routing becomes 500")
        }
        if !stopping.isEmpty { sentences.append("after \(stopping) it does not send the event again") }
        return sentences
    }
}
