/// Why something in a list is neither an address nor a range of them.
struct AddressProblem: Error, Equatable {
    /// What is wrong with it, without a full stop.
    let problem: String
    let remedy: String
}
