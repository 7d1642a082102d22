/// Which part of something a start and a length mean, by the rules of PHP's `array_slice` and `mb_substr`.
enum Bounds {
    /// - Parameters:
    ///   - offset: from the end if it is negative
    ///   - length: to the end if it is nil; if it is negative, so many are left out at the end
    static func slice(count: Int, offset: Int, length: Int?) -> Range<Int> {
        let start = offset >= 0 ? min(offset, count) : max(0, count.addingReportingOverflow(offset).partialValue)
        guard let length else { return start..<count }
        guard length < 0 else {
            return start..<(start + min(length, count - start))
        }
        let (end, overflow) = count.addingReportingOverflow(length)
        return start..<(overflow ? start : max(start, end))
    }
}
