"""Writes with what of other instruments each criterion goes, for the scripts that group by them."""

from __future__ import annotations

from guide.downloads.data_script import data_script
from guide.model.content import Content
from guide.reading.schema import in_language
from guide.reading.texts import Texts


def script(content: Content, texts: Texts) -> str:
    """Returns the frames, each with its entries and the criteria that go with them, as a script of one language."""
    walk, code = content.crosswalk, texts.code
    frames = [
        {
            "id": frame.id,
            "short": in_language(frame.short, code),
            "groups": [
                {
                    "id": entry.id,
                    "name": in_language(entry.name, code),
                    "criteria": [one.id for one in walk.criteria if entry.id in one.of(frame)],
                }
                for entry in frame.entries
            ],
            "none": [one.id for one in walk.criteria if not one.of(frame)],
        }
        for frame in walk.frames
    ]
    words = {key: texts["crosswalk"][key] for key in ("none", "several")}
    return data_script("crosswalks", code, {"frames": frames, "words": words})
