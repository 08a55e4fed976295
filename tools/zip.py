"""The site as one file: the same site gives the same bytes, whoever packs it and when.

``python -m tools.zip FOLDER FILE`` packs everything in FOLDER.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

# The earliest date the format knows.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


def pack(folder: Path, file: Path) -> int:
    """Writes the files of ``folder`` into the archive ``file``, in the order of their names; their number."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _MODE
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return len(paths)


if __name__ == "__main__":
    folder, file = map(Path, sys.argv[1:])
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: build the site first, with make build.")
    print(f"{file}: {pack(folder, file)}")
