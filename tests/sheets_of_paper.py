"""Reads how the sheets of a printed document begin, which takes a fraction of the time of reading them whole."""

from __future__ import annotations

import re
from itertools import islice

from pypdf import PageObject
from pypdf.generic import ContentStream, NameObject

# So many pieces of text: enough for a sheet's number and the headings it begins with.
_MOST = 300


def beginning(sheet: PageObject) -> str:
    """The first words of a sheet. The sheet itself has no more than these afterwards."""
    # As the extraction of text asks for it: letters are numbers of their fonts.
    contents = ContentStream(sheet["/Contents"], sheet.pdf, "bytes")
    drawn = contents.get_data()
    pieces = [one.end() for one in islice(re.finditer(rb"\bT[jJ]\b", drawn), _MOST)]
    if len(pieces) == _MOST:
        # What follows the end of a text is a whole order again.
        contents.set_data(drawn[: drawn.index(b"\nET", pieces[-1]) + 3])
    sheet[NameObject("/Contents")] = contents
    return sheet.extract_text()
