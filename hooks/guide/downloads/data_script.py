"""Writes data as a script: from a folder opened without a server, browsers load nothing else.

Scripts find what it brings under the one name of the site, by language: ``abc.<name>.<code>``.
"""

from __future__ import annotations

import json


def data_script(name: str, code: str, data: object) -> str:
    """Returns the script that brings ``data``, as JSON, under ``name`` in the language ``code``."""
    return f"((window.abc ||= {{}}).{name} ||= {{}})[{json.dumps(code)}] = {compact(data)};\n"


def compact(data: object) -> str:
    """``data`` as JSON without a blank between its signs."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
