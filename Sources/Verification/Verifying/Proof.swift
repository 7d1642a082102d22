/// What the check of a scheme proved.
struct Proof {
    /// Which secret matched, from 0.
    var secretIndex: Int?
    /// Milliseconds since 1970.
    var timestamp: Int64?
    /// The timestamp as the request writes it.
    var timestampDigits: [UInt8]?
}
