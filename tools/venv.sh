#!/bin/sh
# Makes .venv with the newest Python that is recent enough. Asks nothing.
set -eu

python=
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed and was not found. Install it (Debian, Ubuntu: sudo apt-get install python3), or name it: make PYTHON=/path/to/python3.12 …" >&2
    exit 1
fi

make_venv() {
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1
}

if ! make_venv; then
    # Debian and Ubuntu keep part of venv in a package of its own.
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    echo "Installing $package…"
    ($as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy "$package") >/dev/null 2>&1 || true
    if ! make_venv; then
        rm -rf .venv
        echo "A virtual environment could not be made with $python. Run: sudo apt-get install $package, then the same command again." >&2
        exit 1
    fi
fi
touch .venv/bin/python
