"""Says what the system refuses to whoever can do something about it; bears with readers who stop listening."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO

from guide.reading.texts import Texts, fill

_REFUSALS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.EEXIST: "in_the_way",
    errno.EISDIR: "in_the_way",
    errno.ENOTDIR: "in_the_way",
    errno.ENOTEMPTY: "in_the_way",
    errno.ENOENT: "not_there",
}


def refusal(error: OSError, texts: Texts, place: object = "") -> str:
    """Returns the sentence for an error of the system; ``place`` is where it happened, where the error does not say.

    A disk that is full says nothing of the file.
    """
    code = error.errno or 0
    name = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
    details = {"place": name or place or os.getcwd(), "reason": error.strerror or type(error).__name__}
    return fill(texts["setup"][_REFUSALS.get(code, "system")], details)


def forgive_readers_who_leave() -> None:
    """Lets ``make missing | head`` end quietly: what nobody reads any more is let go, and the work is done."""
    for name in ("stdout", "stderr"):
        setattr(sys, name, _Forgiving(getattr(sys, name)))


class _Forgiving:
    """A stream that goes on when its reader has gone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._go_on()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._go_on()

    def _go_on(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        # What was written and not yet read goes nowhere too.
        self._stream.flush()
