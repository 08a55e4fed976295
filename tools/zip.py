"""Packs the site into one file: the same site gives the same bytes, whoever packs it and when.

``python -m tools.zip FOLDER FILE`` packs everything in FOLDER. The file there was stays until the new one is whole.
"""

from __future__ import annotations

import contextlib
import os
import sys
import zipfile
from pathlib import Path

from guide.reading import system
from guide.reading.texts import fill
from tools.packages import texts

# The earliest date the format knows.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


def pack(folder: Path, file: Path) -> int:
    """Writes the files of ``folder`` into the archive ``file``, in the order of their names; their number."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    beside = file.with_name(f".{file.name}.new")
    try:
        _write(paths, folder, beside)
        if file.is_dir():
            raise IsADirectoryError(21, os.strerror(21), str(file))
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return len(paths)


def _write(paths: list[Path], folder: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _MODE
            archive.writestr(entry, path.read_bytes(), compresslevel=9)


def main(folder: Path, file: Path) -> int:
    """Packs, and says how much; gives the exit code."""
    words = texts()
    if not folder.is_dir():
        print(fill(words["setup"]["no_site"], {"place": folder}), file=sys.stderr)
        return 1
    try:
        print(f"{file}: {pack(folder, file)}")
    except OSError as error:
        print(system.refusal(error, words, file), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
