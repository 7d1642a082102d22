internal import CPCRE2
import Values

/// One use of a regular expression: the memory of its matches, and the work that they did.
@safe struct Matcher {
    private let code: OpaquePointer
    private let data: OpaquePointer
    private let context: OpaquePointer
    private let work: UnsafeMutablePointer<MatchWork>
    private let isUnicode: Bool

    init(_ code: OpaquePointer, subjectCount: Int, isUnicode: Bool) throws {
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else { throw Self.memoryError }
        guard let context = unsafe pcre2_match_context_create_8(nil) else {
            unsafe pcre2_match_data_free_8(data)
            throw Self.memoryError
        }
        unsafe self.code = code
        unsafe self.data = data
        unsafe self.context = context
        self.isUnicode = isUnicode
        unsafe work = .allocate(capacity: 1)
        unsafe work.initialize(to: MatchWork(subjectCount: subjectCount))
        unsafe pcre2_set_callout_8(context, { _, work in unsafe MatchWork.count(work) }, work)
        // In units of 1024 bytes. Steps are counted by `MatchWork`, over all matches together.
        unsafe pcre2_set_heap_limit_8(context, 16_384)
        unsafe pcre2_set_match_limit_8(context, .max)
    }

    func free() {
        unsafe work.deinitialize(count: 1)
        unsafe work.deallocate()
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_match_data_free_8(data)
    }

    /// The next match at or behind `start`.
    func match(
        _ subject: Span<UInt8>, from start: Int, notEmptyHere: Bool, budget: Budget
    ) throws -> RegularExpressionMatch? {
        var options = isUnicode ? PCRE2_NO_UTF_CHECK : 0
        if notEmptyHere { options |= PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED }
        let before = unsafe work.pointee.count
        let result = unsafe subject.withUnsafeBufferPointer { bytes in
            // An empty span may have no address.
            var none: UInt8 = 0
            return unsafe withUnsafePointer(to: &none) { none in
                unsafe pcre2_match_8(code, bytes.baseAddress ?? none, bytes.count, start, options, data, context)
            }
        }
        try budget.charge(steps: unsafe (work.pointee.count - before) / 8)
        guard result != PCRE2_ERROR_NOMATCH else { return nil }
        guard result > 0 else { throw Self.error(result) }
        return RegularExpressionMatch(ranges: ranges(set: Int(result)))
    }

    /// The ranges of all groups; only those below `set` may have taken part.
    private func ranges(set: Int) -> [Range<Int>?] {
        let count = unsafe Int(pcre2_get_ovector_count_8(data))
        guard let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return [] }
        return (0..<count).map { group in
            guard group < set else { return nil }
            let start = unsafe offsets[group * 2], end = unsafe offsets[group * 2 + 1]
            // A group that took no part has the largest number; `\K` in an assertion can set a start behind the end.
            guard start != .max, start >= 0 else { return nil }
            return start <= end ? start..<end : end..<end
        }
    }

    private static var memoryError: StackError {
        StackError(.bound("memory"), "There is no memory for a regular expression")
    }

    private static func error(_ code: Int32) -> StackError {
        switch code {
        case PCRE2_ERROR_CALLOUT, PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT:
            StackError.mistake(
                "The regular expression needs too many steps for this text; repeat nothing that itself repeats, as in (a+)+")
        default:
            StackError.mistake("The regular expression failed: \(PCREMessage.text(code))")
        }
    }
}

/// How much a use of a regular expression has done.
///
/// PCRE2's own limit begins anew at each place of the subject, so that it bounds no search over a long one; and it
/// does not count the bytes that a repeat runs over. Hence this count, and a look at the clock now and then.
struct MatchWork {
    private(set) var count = 0
    private let limit: Int
    private let deadline: ContinuousClock.Instant

    init(subjectCount: Int) {
        limit = 1_000_000 + subjectCount * 8
        deadline = .now + .milliseconds(500)
    }

    /// Called by PCRE2 before each item of the pattern. What is not zero ends the match.
    static func count(_ work: UnsafeMutableRawPointer?) -> Int32 {
        guard let work = unsafe work?.assumingMemoryBound(to: MatchWork.self) else { return PCRE2_ERROR_CALLOUT }
        unsafe work.pointee.count += 1
        let count = unsafe work.pointee.count
        if unsafe count > work.pointee.limit { return PCRE2_ERROR_CALLOUT }
        if count & 0xff == 0, unsafe ContinuousClock.now > work.pointee.deadline { return PCRE2_ERROR_CALLOUT }
        return 0
    }
}
