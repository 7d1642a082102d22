internal import Storage

extension Statement {
    /// Binds an answer's status, headers and body to three parameters in a row.
    func bind(_ answer: StoredAnswer, from index: Int32) {
        bind(index, Int64(answer.status))
        bind(index + 1, bytes: answer.headers.packed)
        bind(index + 2, bytes: answer.body)
    }
}

extension Row {
    /// The answer in three columns in a row; nil if none was given yet.
    func answer(from column: Int32) -> StoredAnswer? {
        guard let status = optionalInteger(column) else { return nil }
        let headers = withBytes(column + 1) { [HeaderField](packed: $0) }
        return StoredAnswer(status: Int(clamping: status), headers: headers, body: bytes(column + 2))
    }
}
