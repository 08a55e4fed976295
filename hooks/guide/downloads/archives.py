"""Packs files into a zip: the same bytes whenever the same files go in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATE = (1980, 1, 1, 0, 0, 0)
# What is compressed already grows when it is compressed again; the first file of an e-book has to be as it is.
_AS_IT_IS = (".woff2", ".png", ".zip", "mimetype")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Returns the zip of ``files`` by their names, in the order in which they come."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            # Else it is that of the machine.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_AS_IT_IS) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return raw.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Returns the files of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}
