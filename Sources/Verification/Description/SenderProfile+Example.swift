extension SenderProfile {
    /// What has to be said after the sender's name, so that `POSTERN_VERIFY` says who may call.
    package var requiredParameters: [Parameter] {
        let bindings = parameters.filter(\.isBinding)
        guard !isWhole(bindings) else { return bindings }
        // Beside what binds a sender to its owner there is at most one: a part of the signed bytes that no request holds.
        let missing = parameters.first { !$0.isBinding && isWhole(bindings + [$0]) }
        return parameters.filter { $0.isBinding || $0 == missing }
    }

    /// What may be said after the name and may be left out.
    package var optionalParameters: [Parameter] {
        let required = requiredParameters
        return parameters.filter { !required.contains($0) }
    }

    /// The name and what has to follow it, with a word in capitals for each value: `aws-sns topic=TOPIC`.
    package var example: String { example(in: "/etc/postern") }

    /// The same with the list of the sender's addresses in a folder, where nothing else tells its requests from others.
    package func example(in folder: String) -> String {
        ([name] + requiredParameters.map { "\($0.name)=\($0.placeholder)" } + (isKnownByAddress ? ["ip=file:\(addressFile(in: folder))"] : []))
            .joined(separator: " ")
    }

    /// Whether the address that a request comes from is all there is to know a sender by.
    package var isKnownByAddress: Bool { schemeText == "ip" }

    /// Where a list of the sender's addresses may lie.
    package func addressFile(in folder: String) -> String { "\(folder)/\(name).addresses" }

    /// - Throws: `SettingProblem` for what was copied from an example and not filled in.
    func checkIsFilledIn(_ words: ArraySlice<SettingWord>) throws(SettingProblem) {
        for parameter in parameters where words.contains(SettingWord(name: parameter.name, value: parameter.placeholder)) {
            throw SettingProblem(
                .verify, .badValue, "has \(parameter.name)=\(parameter.placeholder), as the example has it",
                remedy: "put \(parameter.meaning) there")
        }
    }

    private func isWhole(_ parameters: [Parameter]) -> Bool {
        (try? use(parameters.map { SettingWord(name: $0.name, value: $0.placeholder) }[...])) != nil
    }
}

extension SenderProfile.Parameter {
    /// What stands for its value in an example.
    package var placeholder: String { name.uppercased() }
}
