import Glibc

/// Distances on the globe.
enum Earth {
    /// In kilometres.
    private static let radius = 6371.0

    /// Between two places, in radians; kilometres.
    static func distance(_ latitude1: Double, _ longitude1: Double, _ latitude2: Double, _ longitude2: Double) -> Double {
        let height = sin((latitude2 - latitude1) / 2)
        let width = sin((longitude2 - longitude1) / 2)
        let chord = height * height + cos(latitude1) * cos(latitude2) * width * width
        return 2 * radius * asin(min(1, chord.squareRoot()))
    }
}
