/// The directives that count at some address.
struct ApacheDirectives {
    /// Those of the server, of its virtual host, and of the sections that a section stands in.
    var base: [[ApacheDirective]]
    /// Those of the sections that are for the address, in the order in which they count.
    var sections: [[ApacheDirective]]

    var all: [ApacheDirective] { (base + sections).flatMap { $0 } }
}
