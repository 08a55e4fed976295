"""Work beside this process: what comes of it is taken over, and whatever ends it leaves nothing behind."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.reading import beside
from guide.reading.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="one process can never be two"),
    # The process that runs tests beside others has threads, which these do not touch.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]


def is_there(pid: int) -> bool:
    # One that has ended and that nobody asked about is none any more.
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return state.strip()[:1] not in ("", "Z")


def test_what_comes_of_it_is_taken_over_and_what_it_tells_is_told_here(caplog: pytest.LogCaptureFixture, capfd):
    log = logging.getLogger("one.of.these")
    screen = logging.StreamHandler()
    log.addHandler(screen)

    def work() -> tuple[int, list[str]]:
        log.warning("a %s", "warning")
        log.debug("nothing of interest")
        try:
            raise ValueError("x")
        except ValueError:
            log.exception("an error")
        return os.getpid(), ["ñ"]

    one = beside.begin(work)
    while one.works(0.01):
        pass
    assert not caplog.records and not capfd.readouterr().err
    pid, value = one.result()
    log.removeHandler(screen)
    assert pid != os.getpid() and value == ["ñ"]
    assert [(record.name, record.levelname) for record in caplog.records] == [
        ("one.of.these", "WARNING"), ("one.of.these", "ERROR"),
    ]  # fmt: skip
    assert caplog.records[0].getMessage() == "a warning" and "ValueError: x" in caplog.records[1].getMessage()
    assert capfd.readouterr().err.count("a warning") == 1
    assert not is_there(pid)


@pytest.mark.parametrize(
    "work",
    [
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        lambda: os.kill(os.getpid(), signal.SIGTERM),
        lambda: 1 / 0,
        lambda: exit(0),
        lambda: lambda: "no plain value",
    ],
    ids=["killed", "told to end", "an error", "leaves", "nothing that can be told"],
)
def test_nothing_comes_of_what_has_not_come_to_its_end(work: Callable[[], object], capfd):
    logging.getLogger("mkdocs").debug("nothing is told either")
    one = beside.begin(work)
    pid = one._pid
    assert one.result() is None
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_it_ends_when_nobody_waits_for_it(tmp_path: Path):
    def work() -> None:
        (tmp_path / "pid").write_text(str(os.getpid()), "utf-8")
        # Whoever presses Ctrl+C ends the first process, which ends this one.
        os.kill(os.getpid(), signal.SIGINT)
        (tmp_path / "here").touch()
        time.sleep(600)

    one = beside.begin(work)
    while not (tmp_path / "here").exists():
        assert one.works(0.01)
    one.end()
    one.end()
    assert not is_there(int((tmp_path / "pid").read_text("utf-8")))
    # A process that is killed has no time to end others.
    (tmp_path / "here").unlink()
    first = os.fork()
    if not first:
        one = beside.begin(work)
        time.sleep(600)
    while not (tmp_path / "here").exists():
        time.sleep(0.01)
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    last = int((tmp_path / "pid").read_text("utf-8"))
    while is_there(last):
        time.sleep(0.01)


def test_where_no_process_can_be_begun_nothing_comes_of_it(monkeypatch: pytest.MonkeyPatch):
    def refuse() -> int:
        raise BlockingIOError(11, os.strerror(11))

    monkeypatch.setattr(os, "fork", refuse)
    one = beside.begin(lambda: 1)
    assert not one.works(0) and one.result() is None


def test_one_process_does_it_all_where_others_do_not_help(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.delenv("ABC_ONE_PROCESS", raising=False)
    assert beside.can_fork() and beside.helps()
    with monkeypatch.context() as one:
        one.setenv("ABC_ONE_PROCESS", "1")
        assert not beside.can_fork() and not beside.helps()
    with monkeypatch.context() as one:
        one.delattr(os, "fork")
        assert not beside.can_fork() and not beside.helps()
    with monkeypatch.context() as one:
        one.setattr(os, "sched_getaffinity", lambda pid: {1}, raising=False)
        assert beside.can_fork() and not beside.helps()
    with monkeypatch.context() as one:
        one.delattr(os, "sched_getaffinity")
        one.setattr(os, "cpu_count", lambda: None)
        assert not beside.helps()
        one.setattr(os, "cpu_count", lambda: 2)
        assert beside.helps()
    with monkeypatch.context() as one:
        one.setattr(beside.sys, "platform", "darwin")
        assert not beside.helps()
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not beside.helps()


# What is kept, and made beside


def here() -> int:
    return os.getpid()


@pytest.fixture
def helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "helps", lambda: True)


def test_whoever_asks_waits_for_what_is_made_beside(helps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ABC_CACHE", "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept = Kept()
    kept.begin(tmp_path, passing=True)

    def slow() -> int:
        time.sleep(0.2)
        return os.getpid()

    kept.beside([(here, ("a",)), (slow, ("b",)), (lambda: 1 / 0, ("c",)), (here, ("d",))])
    made = kept(here, "a")
    assert made == kept(here, "b") != os.getpid()
    # What comes after an error is not made; whoever asks for either makes it.
    assert kept(here, "c") == kept(here, "d") == kept(here, "e") == os.getpid()
    assert [*tmp_path.iterdir()]
    kept.end()
    assert not is_there(made) and not [*tmp_path.iterdir()]
    assert kept(lambda: "anew", "a") == "anew"


def test_what_nobody_asked_for_is_given_up(helps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ABC_CACHE", str(tmp_path / "kept"))
    kept = Kept()
    kept.begin(tmp_path)
    kept.beside([(here, ("a",)), (lambda: time.sleep(600), ("b",))])
    made = kept(here, "a")
    assert is_there(made)
    kept.begin(tmp_path)
    with pytest.raises(ChildProcessError):
        os.waitpid(made, os.WNOHANG)
    assert kept(here, "b") == os.getpid()


def test_nothing_is_made_beside_that_is_there_or_cannot_be_kept(helps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ABC_CACHE", str(tmp_path / "kept"))
    kept = Kept()
    kept.begin(tmp_path, passing=True)
    kept(here, "a")
    with monkeypatch.context() as one:
        one.setattr(beside, "begin", lambda work: pytest.fail("a process for nothing"))
        kept.beside([(here, ("a",)), (here, ("b", lambda: 1))])
        Kept().beside([(here, ("a",))])
        memory = Kept()
        memory.begin(tmp_path, remember=True)
        memory.beside([(here, ("c",))])
        one.setattr(beside, "helps", lambda: False)
        kept.beside([(here, ("c",))])
    kept.beside([(lambda: os.kill(os.getpid(), signal.SIGKILL), ("b",))])
    assert kept(here, "b") == os.getpid()
    kept.end()
    assert (tmp_path / "kept").is_dir()
