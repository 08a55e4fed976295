#!/bin/sh
# Makes .venv with the newest Python that is recent enough, or with the one that PYTHON names. Asks nothing.
# A .venv that works is kept. Says by the date of .venv/made that it was done: a file of ours, for .venv/bin/python
# is a link to a Python that may belong to the system.
set -eu

say() { sh tools/say.sh "$@" >&2; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
# The Python behind a virtual environment, or the one itself.
behind() { "$1" -c 'import os, sys; print(os.path.realpath(sys._base_executable))' 2>/dev/null; }
stamp() {
    touch .venv/made 2>/dev/null || {
        say setup.folder_refused folder="$(pwd)/.venv"
        exit 1
    }
}

python=
if [ -n "${PYTHON:-}" ]; then
    if ! recent "$PYTHON"; then
        say setup.named_python python="$PYTHON"
        exit 1
    fi
    python=$PYTHON
else
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if recent "$name"; then
            python=$name
            break
        fi
    done
fi

if recent .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null; then
    if [ -z "${PYTHON:-}" ] || [ "$(behind "$python")" = "$(behind .venv/bin/python)" ]; then
        # Where nothing is new the date stays, and no package is looked at again.
        [ -n "$(find .venv/made -newer tools/venv.sh 2>/dev/null)" ] || stamp
        exit 0
    fi
fi
if [ -z "$python" ]; then
    say setup.no_python
    exit 1
fi

make_venv() {
    rm -rf .venv 2>/dev/null
    "$python" -m venv .venv >/dev/null 2>&1
}

if ! make_venv; then
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    # Debian and Ubuntu keep part of venv in a package of its own.
    if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
        say setup.installing package="$package"
        ($as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy "$package") >/dev/null 2>&1 || true
    fi
    if ! make_venv; then
        rm -rf .venv 2>/dev/null || true
        if mkdir .venv 2>/dev/null; then
            rmdir .venv
            say setup.no_venv python="$python" package="$package"
        else
            say setup.folder_refused folder="$(pwd)"
        fi
        exit 1
    fi
fi
stamp
