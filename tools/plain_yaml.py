"""Writes YAML that repeats what is said twice instead of pointing back to it: files of the content do without."""

from __future__ import annotations

from typing import Any

import yaml


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(document: Any) -> str:
    """Writes ``document`` as block YAML, keys in their order."""
    return yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
