import Glibc
import Intake

extension CheckCommand {
    /// Says what is wrong with the locations of a web server's configuration, and how each behaves.
    ///
    /// - Returns: how many errors there are.
    static func checkWebServer(_ arguments: Arguments) throws -> Int {
        let nginx = try arguments.all("nginx").map(nginx)
        let apache = try arguments.all("apache").map(apache)
        // The configuration may be root's alone; what it names is read as the user who serves it.
        if let user = try ServiceUser.become(arguments) { Standard.output("files are judged as the user \(user) finds them\n") }
        var inspector = LocationInspector(rules: FileRules())
        var findings = nginx.flatMap(\.findings) + apache.flatMap(\.findings)
        let locations = nginx.flatMap(\.locations) + apache.flatMap(\.locations)
        for location in locations { findings += inspector.findings(location) }
        for finding in findings {
            if finding.severity == .note { Standard.output("\(finding)\n") } else { Standard.error("\(finding)\n") }
        }
        guard !locations.isEmpty else {
            throw CommandFailure("no location there passes to Postern: none has a setting \(SettingName.prefix)…")
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count { $0.severity == .warning }
        Standard.output(
            "\(counted(locations.count, "location")): \(counted(errors, "error")), \(counted(warnings, "warning"))\n")
        return errors
    }

    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private static func apache(_ path: String) throws -> ApacheConfiguration {
        do throws(ConfigurationError) {
            return try ApacheConfiguration(path)
        } catch {
            throw CommandFailure(error.description)
        }
    }

    private static func nginx(_ path: String) throws -> NginxConfiguration {
        let text: [UInt8]
        do throws(FileContents.Failure) {
            text =
                path == "-"
                ? try FileContents.readAll(STDIN_FILENO, path: "standard input", limit: 16 << 20)
                : try FileContents.read(path, limit: 16 << 20)
        } catch {
            throw CommandFailure(error.problem)
        }
        do throws(ConfigurationError) {
            return try NginxConfiguration(text, path: path == "-" ? "standard input" : path)
        } catch {
            throw CommandFailure(error.description)
        }
    }
}
