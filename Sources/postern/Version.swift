/// The version of this program, as `postern --version` and `CHANGELOG.md` have it.
let version = "0.1.0"
