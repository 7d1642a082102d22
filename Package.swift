// swift-tools-version: 6.2
import PackageDescription

let language: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let settings: [SwiftSetting] = language + [.strictMemorySafety()]

/// A Swift module of Postern. What it may import is what is listed here.
func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The map and the shim of one C library; exactly one Swift module imports it.
func library(_ name: String) -> Target {
    .systemLibrary(name: name)
}

/// The tests of a module; with `fixtures`, a folder of that name holds data that they find by `#filePath`.
func tests(_ name: String, _ dependencies: Target.Dependency..., fixtures: Bool = false) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies,
        exclude: fixtures ? ["Fixtures"] : [], swiftSettings: settings)
}

let package = Package(
    name: "postern",
    products: [.executable(name: "postern", targets: ["postern"])],
    targets: [
        library("CFastCGI"),
        library("COpenSSL"),
        library("CSQLite"),
        library("CPCRE2"),
        library("CCurl"),
        library("CGetopt"),
        library("CSpawn"),
        module("Values"),
        tests("Values", fixtures: true),
        module("Cryptography", "COpenSSL", "Values"),
        module("Gateway", "CFastCGI"),
        tests("Gateway", "gateway-echo"),
        .executableTarget(
            name: "gateway-echo", dependencies: ["Gateway"], path: "Tests/GatewayEcho", swiftSettings: settings),
        module("Verification", "Values", "Cryptography"),
        module("XanoScript", "Values"),
        module("FunctionStack", "XanoScript", "Values", "Cryptography", "CPCRE2"),
        module("Storage", "CSQLite", "Values"),
        tests("Storage", "Values", "StorageProbe"),
        module("Inbox", "Storage", "Values"),
        tests("Inbox", "Storage", "Values", "StorageProbe"),
        .executableTarget(
            name: "StorageProbe", dependencies: ["Storage", "Inbox", "Values"], path: "Tests/StorageProbe",
            swiftSettings: settings),
        module("Records", "Storage", "XanoScript", "Values", "FunctionStack"),
        tests("Records", "FunctionStack", "Storage", "Values", "XanoScript", fixtures: true),
        module("Outbound", "CCurl", "CSpawn", "Values"),
        tests("Outbound", fixtures: true),
        module(
            "Intake", "Values", "Cryptography", "Gateway", "Verification", "XanoScript", "FunctionStack",
            "Storage", "Inbox", "Records", "Outbound"),
        tests("XanoScript", "Values", fixtures: true),
        tests("FunctionStack", "Values", "XanoScript", "Records", "Storage", "XanoScriptReference", fixtures: true),
        .target(
            name: "XanoScriptReference", dependencies: ["FunctionStack", "Values"],
            path: "Documentation/Reference/Sources", swiftSettings: settings),
        .target(
            name: "SenderReference", dependencies: ["Verification"], path: "Documentation/Reference/Senders",
            swiftSettings: settings),
        .executableTarget(
            name: "xanoscript-reference", dependencies: ["XanoScriptReference", "SenderReference"], path: "Documentation/Reference/Program",
            swiftSettings: settings),
        .executableTarget(name: "postern", dependencies: [
                "Intake", "Values", "Gateway", "Verification", "XanoScript", "FunctionStack", "Storage", "Records", "Inbox", "Outbound",
                "CGetopt",
            ], swiftSettings: settings),
        tests("Intake", "FunctionStack", "Inbox", "Storage", "Outbound"),
        .testTarget(name: "ServerTests", dependencies: ["postern"], exclude: ["Workspaces"], swiftSettings: language),
        tests("Cryptography", "Values", fixtures: true),
        tests("Verification", "Values", "SenderReference", fixtures: true),
        .target(
            name: "FuzzTargets", dependencies: ["FunctionStack", "XanoScript", "Values"], path: "Tests/FuzzTargets",
            swiftSettings: settings),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "Cryptography"], exclude: ["Corpus"], swiftSettings: settings),
    ]
)

// Built only when asked for: loops that run.sh in the same folder of Benchmarks compares with C.
if Context.environment["POSTERN_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "verification-speed", dependencies: ["Verification", "Cryptography", "Values"], path: "Benchmarks/Verification/Sources",
            swiftSettings: settings))
    package.targets.append(
        .executableTarget(
            name: "constant-time", dependencies: ["Verification", "Cryptography"], path: "Benchmarks/ConstantTime/Sources",
            swiftSettings: settings))
    package.targets.append(
        .executableTarget(
            name: "records-speed",
            dependencies: ["Records", "Storage", "XanoScript", "Values", "FunctionStack"],
            path: "Benchmarks/Records/Sources", swiftSettings: settings))
    package.targets.append(
        .executableTarget(
            name: "stacks-speed", dependencies: ["FunctionStack", "XanoScript", "Values"],
            path: "Benchmarks/Stacks/Sources", swiftSettings: settings))
}

// Built only by Benchmarks/Fuzzing/run.sh, which links it with libFuzzer.
if Context.environment["POSTERN_FUZZING"] != nil {
    package.products.append(.library(name: "fuzzing", type: .static, targets: ["Fuzzing"]))
    package.targets.append(
        .target(
            name: "Fuzzing", dependencies: ["FuzzTargets"], path: "Benchmarks/Fuzzing/Sources", swiftSettings: settings))
}
