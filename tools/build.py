"""Builds the site into a folder, all of it or nothing: ``python -m tools.build [--quiet] FOLDER``.

MkDocs empties the folder before it knows whether the new site will be one. Here it builds beside, and what is
new is put in place once it is whole: a mistake, a full disk or a folder that may not be written leave the last
good site, and end in a sentence.
"""

from __future__ import annotations

import contextlib
import filecmp
import logging
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click
from jinja2 import TemplateError
from mkdocs.__main__ import State, _enable_warnings
from mkdocs.commands import build as commands
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from guide.pages.addresses import by_language
from guide.reading import system
from guide.reading.problems import ContentError, report
from guide.reading.project import guess_project, message_texts, open_project
from guide.reading.texts import Texts, fill

ROOT = Path.cwd()
# What stands in for the address of a site that has none yet.
_NOWHERE = "https://abc.invalid/"


class Told(Exception):
    """What went wrong, as a sentence."""


class Stopped(BaseException):
    """Somebody wants the program to end."""


def stop(number: int, _: object) -> NoReturn:
    raise Stopped(number)


def texts() -> Texts:
    """Returns the words for whoever runs the command; ``mkdocs.yml`` may be what is wrong."""
    return message_texts(guess_project(ROOT))


def start_logging(quiet: bool = False) -> State:
    """Writes MkDocs' own messages as its commands do; in colour where somebody looks."""
    state = State(level=logging.WARNING if quiet else logging.INFO)
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        state.stream.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    return state


def settings(folder: Path, **options: Any) -> MkDocsConfig:
    """Reads ``mkdocs.yml``, for a site in ``folder``. Raises ContentError or Told where it cannot be used."""
    open_project(ROOT)
    try:
        return load_config(site_dir=str(folder), **options)
    except click.ClickException as error:
        raise Told(f"{error.format_message()}\n{texts()['setup']['settings']}") from error


def explain(error: BaseException, command: str, place: object) -> None:
    """Says what stopped a build. The traceback is only for who asks for it."""
    words = texts()
    if os.environ.get("ABC_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, ContentError):
        said = report(error, words)
    elif isinstance(error, Told):
        said = str(error)
    elif isinstance(error, click.ClickException):
        # MkDocs has said what it is about.
        said = error.format_message()
    elif isinstance(error, OSError):
        said = system.refusal(error, words, place)
    else:
        file, line = _where(error)
        details = {"file": file, "line": line, "reason": f"{type(error).__name__}: {error}", "command": command}
        said = fill(words["setup"]["template" if isinstance(error, TemplateError) else "unexpected"], details)
    print(said, file=sys.stderr, flush=True)


def _where(error: BaseException) -> tuple[str, int]:
    """Returns the file and line of ours that an error comes from, as near to it as can be said."""
    places = [(one.filename, one.lineno or 0) for one in traceback.extract_tb(error.__traceback__)]
    if (file := getattr(error, "filename", None)) and (line := getattr(error, "lineno", None)):
        places.append((str(file), line))
    ours = [
        (Path(file).relative_to(ROOT).as_posix(), line)
        for file, line in places
        if Path(file).is_relative_to(ROOT) and ".venv" not in file
    ]
    return ours[-1] if ours else places[-1] if places else ("", 0)


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """Makes a folder for a site that is being built, and takes it away afterwards."""
    # Where somebody was quicker to take it away, that is as well.
    with tempfile.TemporaryDirectory(prefix="abc-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def put_in_place(made: Path, place: Path) -> None:
    """Makes ``place`` hold what ``made`` holds. Raises OSError, and then nothing in it has changed.

    What is new is written beside the old before anything is touched: from there on no room is needed. Hidden
    files stay, as MkDocs leaves them.
    """
    new: list[tuple[Path, Path]] = []
    folders: list[Path] = []
    wanted = {place / file.relative_to(made): file for file in _files(made)}
    try:
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(20, os.strerror(20))
        for there, file in wanted.items():
            _put_beside(file, there, new, folders)
    except OSError as error:
        if not isinstance(error, IsADirectoryError):
            # What is beside is nobody's file: it is the whole that could not be written.
            error.filename = str(place)
        _take_back(new, folders)
        raise
    for beside, there in new:
        beside.replace(there)
    _leave_only(place, wanted)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _put_beside(file: Path, there: Path, new: list[tuple[Path, Path]], folders: list[Path]) -> None:
    """Writes a file beside the place where it goes, unless it is there already.

    ``new`` gets both places, ``folders`` the folders that were made for it.
    """
    if there.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(there))
    if there.is_file() and filecmp.cmp(file, there, shallow=False):
        return
    for folder in reversed([one for one in there.parents if not one.exists()]):
        folder.mkdir()
        folders.append(folder)
    beside = there.with_name(f".{there.name}.new")
    new.append((beside, there))
    beside.write_bytes(file.read_bytes())


def _take_back(new: list[tuple[Path, Path]], folders: list[Path]) -> None:
    """Takes away what was written beside, and the folders made for it."""
    for beside, _ in new:
        with contextlib.suppress(OSError):
            beside.unlink()
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _leave_only(place: Path, wanted: Collection[Path]) -> None:
    """Takes away what is not ``wanted``, and the folders that are empty then."""
    for path in sorted(place.rglob("*"), reverse=True):
        if any(part.startswith(".") for part in path.relative_to(place).parts):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()


def _print_book(folder: Path, config: MkDocsConfig) -> None:
    # Only whoever wants it needs a browser.
    from tools import pdf

    try:
        pdf.write(folder, by_language(open_project(ROOT).codes, config.use_directory_urls), config.site_url or _NOWHERE)
    except RuntimeError as error:
        raise Told(str(error)) from error


def main(arguments: list[str]) -> int:
    """Builds strictly; gives the exit code."""
    # What other processes do for this one, and what it has written beside, goes with it.
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, stop)
    *options, place = arguments
    quiet = options == ["--quiet"]
    command = "make zip" if quiet else "make build"
    state = start_logging(quiet)
    _enable_warnings()
    where = tempfile.gettempdir()
    try:
        with empty_folder() as folder:
            config = settings(folder, strict=True)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                commands.build(config)
                if config.extra.get("pdf"):
                    _print_book(folder, config)
            finally:
                config.plugins.on_shutdown()
            where = place
            put_in_place(folder, ROOT / place)
    except Stopped as stopped:
        return 128 + int(stopped.args[0])
    except (Exception, SystemExit) as error:
        explain(error, command, where)
        if (ROOT / place).exists():
            print(fill(texts()["setup"]["site_untouched"], {"place": place}), file=sys.stderr)
        return 1
    finally:
        state.stream.flush()
    return 0


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.exit(code)
