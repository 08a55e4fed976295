"""Writes what the scripts need to read a filled workbook, and to fill one: a script per language, asked for only then.

A workbook of any language is read on a page of any: so what the scripts compare with is apart from what they say.
"""

from __future__ import annotations

import base64
from typing import Any

from guide.downloads.data_script import data_script
from guide.downloads.workbook import write
from guide.downloads.workbook.checklist import FILLED
from guide.model.content import Content
from guide.reading.schema import in_language
from guide.reading.texts import Texts


def words_script(content: Content, texts: Texts) -> str:
    """Returns the titles of columns, what can be answered, and the words of what is said of a workbook."""
    own, code = texts["workbook"], texts.code
    levels = [f"{value} · {in_language(one.name, code)}" for value, one in enumerate(content.scale.levels)]
    data: dict[str, Any] = {
        "columns": {key: own["columns"][key] for key in ("id", *FILLED)},
        "names": {key: own["names"][key] for key in ("municipality", "round", "date")},
        "about": {key: own[key] for key in ("municipality", "round", "date")},
        "answers": [*levels, texts["assessment"]["no_information"], texts["assessment"]["not_applicable"]],
        # Where "not applicable" is no answer.
        "applicable": [one.id for each in content.checklists for one in each.criteria if not one.not_applicable],
        "words": texts["workbook_file"],
    }
    return data_script("workbooks", code, data)


def file_script(content: Content, texts: Texts) -> str:
    """Returns the workbook itself: from a folder opened without a server, browsers load nothing but scripts."""
    file = base64.b64encode(write(content, texts)).decode("ascii")
    return data_script("workbookFiles", texts.code, file)
