# Installs Debian packages that are missing, and says so. Sourced by try.sh and Tests/run.sh.
#
# Where systemd runs, Debian starts nginx once it is installed, with Debian's own page on port 80; Postern neither
# needs nor touches that one.
need_packages() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing$missing"
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "Install as root:$missing" >&2; exit 1; }
        as_root=sudo
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

need_swift() {
    command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed: see swift.org/install" >&2; exit 1; }
}

# Debian keeps nginx and apache2 where an ordinary user's PATH does not lead.
PATH=$PATH:/usr/sbin

# What the program is built with.
build_packages="g++ libfcgi-dev libsqlite3-dev libssl-dev libpcre2-dev libcurl4-openssl-dev"
