internal import COpenSSL

/// How libcrypto starts in this process.
package enum LibraryStart {
    /// Leaves the host's `openssl.cnf` unread, which saves a CGI process 0.3 ms of about 0.7. To be called before
    /// anything else of this module, and only in a process that opens no TLS connection: the file may hold the host's
    /// rules for those.
    package static func leaveOutConfiguration() {
        let options = UInt64(OPENSSL_INIT_NO_LOAD_CONFIG) | UInt64(OPENSSL_INIT_NO_ATEXIT)
        // If it fails, the first digest starts the library as usual.
        _ = OPENSSL_init_crypto(options, nil)
    }
}
