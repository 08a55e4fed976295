"""Keeps templates as they were compiled: between languages, and between builds."""

from __future__ import annotations

import marshal
from typing import Any

from jinja2 import Environment

from guide.reading.kept import kept


def keep_compiled(environment: Environment) -> None:
    """Lets ``environment`` compile again only what has changed.

    What is kept is code, as what Python itself keeps of modules beside them.
    """
    compile = environment.compile

    def compiled(source: str, name: str | None = None, filename: str | None = None, *more: Any, **how: Any) -> Any:
        def made() -> bytes:
            return marshal.dumps(compile(source, name, filename, *more, **how))

        settings = (
            environment.autoescape,
            environment.trim_blocks,
            environment.lstrip_blocks,
            sorted(environment.extensions),
        )
        named = type(environment).__qualname__, environment.undefined.__qualname__, environment.is_async
        return marshal.loads(kept(made, "template", source, name, filename, more, how, settings, named))

    environment.compile = compiled  # type: ignore[method-assign, assignment]
