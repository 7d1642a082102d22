import FuzzTargets
import Glibc

/// The target that the environment names: one program serves all.
private let target: FuzzTarget = {
    let name = unsafe getenv("POSTERN_FUZZ").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        print("POSTERN_FUZZ names one of: " + FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))
        exit(2)
    }
    return target
}()

/// libFuzzer calls it with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try target.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        // A broken promise is as much a finding as a crash.
        print("\(target): \(error)")
        abort()
    }
    return 0
}
