import CCurl
import Glibc

/// libcurl as it was loaded. A host without it loses what needs it and nothing else, and who never needs it pays
/// nothing for it.
@safe final class CurlLibrary: Sendable {
    typealias Initialise = @convention(c) () -> UnsafeMutableRawPointer?
    typealias Perform = @convention(c) (UnsafeMutableRawPointer) -> CURLcode
    typealias CleanUp = @convention(c) (UnsafeMutableRawPointer) -> Void
    typealias Send = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer?, Int, UnsafeMutablePointer<Int>) -> CURLcode
    typealias Receive = @convention(c) (
        UnsafeMutableRawPointer, UnsafeMutableRawPointer?, Int, UnsafeMutablePointer<Int>
    ) -> CURLcode
    typealias Message = @convention(c) (CURLcode) -> UnsafePointer<CChar>?
    typealias Append = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>) -> UnsafeMutableRawPointer?
    typealias MakeURL = @convention(c) () -> OpaquePointer?
    typealias FreeURL = @convention(c) (OpaquePointer) -> Void
    typealias GetURL = @convention(c) (OpaquePointer, CURLUPart, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, UInt32)
        -> CURLUcode
    typealias SetURL = @convention(c) (OpaquePointer, CURLUPart, UnsafePointer<CChar>?, UInt32) -> CURLUcode

    // Safe to share: pointers to code, which never change once they are found.
    nonisolated(unsafe) let setOption: UnsafeMutableRawPointer
    nonisolated(unsafe) let getFact: UnsafeMutableRawPointer
    let initialise: Initialise
    let perform: Perform
    let send: Send
    let receive: Receive
    let reset: CleanUp
    let cleanUp: CleanUp
    let message: Message
    let append: Append
    let freeList: CleanUp
    let free: CleanUp
    let makeURL: MakeURL
    let freeURL: FreeURL
    let getURL: GetURL
    let setURL: SetURL

    /// The library, loaded once; the error why it cannot be, each time.
    static let shared = Result { () throws(OutboundError) in try CurlLibrary() }

    private init() throws(OutboundError) {
        guard let library = unsafe dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL) else { throw .noLibrary }
        func symbol(_ name: String) throws(OutboundError) -> UnsafeMutableRawPointer {
            guard let found = unsafe dlsym(library, name) else { throw .noLibrary }
            return unsafe found
        }
        typealias Global = @convention(c) (Int) -> CURLcode
        let global = unsafe unsafeBitCast(try symbol("curl_global_init"), to: Global.self)
        guard global(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { throw .noLibrary }
        unsafe setOption = try symbol("curl_easy_setopt")
        unsafe getFact = try symbol("curl_easy_getinfo")
        unsafe initialise = unsafeBitCast(try symbol("curl_easy_init"), to: Initialise.self)
        unsafe perform = unsafeBitCast(try symbol("curl_easy_perform"), to: Perform.self)
        unsafe send = unsafeBitCast(try symbol("curl_easy_send"), to: Send.self)
        unsafe receive = unsafeBitCast(try symbol("curl_easy_recv"), to: Receive.self)
        unsafe reset = unsafeBitCast(try symbol("curl_easy_reset"), to: CleanUp.self)
        unsafe cleanUp = unsafeBitCast(try symbol("curl_easy_cleanup"), to: CleanUp.self)
        unsafe message = unsafeBitCast(try symbol("curl_easy_strerror"), to: Message.self)
        unsafe append = unsafeBitCast(try symbol("curl_slist_append"), to: Append.self)
        unsafe freeList = unsafeBitCast(try symbol("curl_slist_free_all"), to: CleanUp.self)
        unsafe free = unsafeBitCast(try symbol("curl_free"), to: CleanUp.self)
        unsafe makeURL = unsafeBitCast(try symbol("curl_url"), to: MakeURL.self)
        unsafe freeURL = unsafeBitCast(try symbol("curl_url_cleanup"), to: FreeURL.self)
        unsafe getURL = unsafeBitCast(try symbol("curl_url_get"), to: GetURL.self)
        unsafe setURL = unsafeBitCast(try symbol("curl_url_set"), to: SetURL.self)
    }
}
