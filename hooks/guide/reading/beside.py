"""Does work in a process beside this one, where the system has such processes and they help.

Whoever begins it goes on, and asks later for what came of it. Nothing hangs on it: what it did not come to the end of,
whatever ended it, is made by whoever asks. It tells nothing by itself, and ends with the process that began it.
``decisions/0016-processes.md`` says what is done beside.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import QueueHandler
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Made = TypeVar("Made")


def can_fork() -> bool:
    """Returns whether one process may become two."""
    return hasattr(os, "fork") and not os.environ.get("ABC_ONE_PROCESS")


def helps() -> bool:
    """Returns whether work beside is done sooner, and in safety.

    What another thread holds as a process becomes two is held for ever in the new one; macOS has threads of its own.
    """
    return can_fork() and _processors() > 1 and sys.platform != "darwin" and threading.active_count() == 1


def _processors() -> int:
    """Returns how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Beside(Generic[Made]):
    """A process at work. Whoever began it ends it."""

    _link: Connection
    _pid: int
    """0: there is none, or none any more."""

    def works(self, seconds: float) -> bool:
        """Waits so long, unless it ends sooner; gives whether it is still at work."""
        return not self._link.poll(seconds)

    def result(self) -> Made | None:
        """Waits for what came of it, and tells what it had to tell; None where it did not come to its end."""
        try:
            made, told = self._link.recv()
        # It was killed, perhaps in the middle of a word.
        except Exception:
            return None
        finally:
            self.end()
        for record in told:
            logging.getLogger(record.name).handle(record)
        found: Made = made
        return found

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._pid, 0)
            self._pid = 0
        self._link.close()


def begin(work: Callable[[], Made]) -> Beside[Made]:
    """Begins ``work`` in a new process. What it gives is to be a plain value."""
    ours, theirs = Pipe()
    try:
        pid = os.fork()
    except OSError:
        # There are too many already: nothing comes of this one.
        theirs.close()
        return Beside(ours, 0)
    if pid:
        theirs.close()
        return Beside(ours, pid)
    try:
        ours.close()
        _work(theirs, work)
    finally:
        # Nothing of what the other process has open, or has still to do, is this one's.
        os._exit(0)


def _work(link: Connection, work: Callable[[], object]) -> None:
    # Whoever wants the program to end tells the first process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(link,), daemon=True).start()
    told = _listen()
    made = work()
    link.send((made, told))


def _end_with(link: Connection) -> None:
    """Ends when the process at the other end has: it never says anything."""
    link.poll(None)
    os._exit(1)


def _listen() -> list[logging.LogRecord]:
    """Returns where everything goes that is told from here on."""
    told: list[logging.LogRecord] = []
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers, logger.propagate = [], True
    logging.root.handlers = [_Listener(told)]
    return told


class _Listener(QueueHandler):
    """Takes what is told, as values that can be told elsewhere."""

    def __init__(self, told: list[logging.LogRecord]) -> None:
        super().__init__(told)  # type: ignore[arg-type]
        self._told = told

    def enqueue(self, record: logging.LogRecord) -> None:
        self._told.append(record)
