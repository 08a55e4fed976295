"""Opens the project: its folders, its settings, its languages and the words of each."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from guide.reading.files import Files
from guide.reading.problems import ContentError, Problems
from guide.reading.texts import Texts
from guide.reading.yaml_tree import Loader

SETTINGS = "mkdocs.yml"
# Folders that hold nothing the site is made of.
_NO_CONTENT = frozenset({"benchmarks", "decisions", "hooks", "node_modules", "site", "tests", "tools"})
_FILE_NAME = re.compile(r"\.(?:md|txt|ya?ml)$", re.IGNORECASE)

# Languages whose script runs from right to left.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(code: str) -> str:
    """Returns which way the language ``code`` is written, as HTML says it."""
    return "rtl" if code.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Language:
    """One language of the site: its locale code and the name it calls itself.

    One ``in_progress`` may lack pages, texts and words: the default language's stand in for them.
    """

    code: str
    name: str
    in_progress: bool = False


@dataclass(frozen=True)
class Project:
    """The folders of the project under ``root`` and its languages, the default first."""

    root: Path
    languages: tuple[Language, ...]
    files: Files = field(compare=False, repr=False)
    """What has been read of it: each file once."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(language.code for language in self.languages)

    @property
    def default(self) -> str:
        return self.languages[0].code

    @property
    def in_progress(self) -> frozenset[str]:
        return frozenset(language.code for language in self.languages if language.in_progress)

    def with_gaps(self) -> Project:
        """Returns the same, where the default language may stand in for whatever another one lacks."""
        rest = (replace(language, in_progress=True) for language in self.languages[1:])
        return replace(self, languages=(*self.languages[:1], *rest))

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def checklists(self) -> Path:
        return self.root / "checklists"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def locales(self) -> Path:
        return self.root / "locales"


def open_project(root: Path, files: Files | None = None) -> Project:
    """Returns the project at ``root``; its languages are those of the i18n plugin in ``mkdocs.yml``.

    ``extra.in_progress`` there lists the codes of languages that are not complete yet. Raises ContentError
    where ``mkdocs.yml`` cannot be read or says nothing of languages, and where something among the content
    is no file of the project: a stranger's proposal must not have other files read. ``files`` are those of an earlier
    look at the same folder: what has not changed since is not read again.
    """
    files = files or Files(root)
    problems = Problems()
    for path, code in _strangers(root):
        problems.add(path.relative_to(root).as_posix(), 0, "", code)
    if len(problems):
        raise ContentError(problems)
    files.node(SETTINGS, problems)
    if len(problems):
        raise ContentError(problems)
    try:
        return Project(root, _languages(_settings(files, _PermissiveLoader)), files)
    except (LookupError, TypeError, AttributeError, ValueError):
        problems.add(SETTINGS, 0, "", "no_languages")
        raise ContentError(problems) from None


def is_own(root: Path, path: Path) -> bool:
    """Returns whether ``path`` is an ordinary file inside ``root``: one that may be read."""
    try:
        return path.is_file() and path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _strangers(root: Path) -> Iterator[tuple[Path, str]]:
    """Yields what may not be read, with the sentence that tells it."""
    folders = [root]
    while folders:
        folder = folders.pop()
        # A folder that is not there holds nothing to read; whoever reads mkdocs.yml tells that it is not.
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda one: one.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in found:
            # Of what stands beside the folders, only the settings are read.
            if folder == root and entry.name != SETTINGS and _is_no_content(entry):
                continue
            if code := _strange(root, entry):
                yield Path(entry.path), code
            if not _unwritable(entry.name) and entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))


def _is_no_content(entry: os.DirEntry[str]) -> bool:
    return entry.name in _NO_CONTENT or entry.name.startswith(".") or entry.is_file()


def _strange(root: Path, entry: os.DirEntry[str]) -> str:
    """Returns the sentence that tells why something may not be read; "" where it may."""
    if _unwritable(entry.name):
        return "name_unreadable"
    if entry.is_symlink():
        return "" if is_own(root, Path(entry.path)) else "file_link"
    if entry.is_dir():
        return "folder_as_file" if _FILE_NAME.search(entry.name) else ""
    return "" if entry.is_file() else "file_special"


def _unwritable(name: str) -> bool:
    """Returns whether a name holds bytes that are no letters."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _languages(config: Mapping[str, Any]) -> tuple[Language, ...]:
    languages = sorted(language_settings(config), key=lambda one: not one.get("default", False))
    in_progress = (config.get("extra") or {}).get("in_progress") or ()
    if not languages:
        raise ValueError("a site has a language")
    return tuple(_language(one, in_progress) for one in languages)


def _language(one: Mapping[str, Any], in_progress: Collection[str]) -> Language:
    code, name = one["locale"], one["name"]
    if not isinstance(code, str) or not isinstance(name, str):
        raise ValueError("a language has a code and a name")
    return Language(code, name, code in in_progress and not one.get("default", False))


def language_settings(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What ``mkdocs.yml`` says of each language: to the plugin that builds them or, without one, under ``extra``."""
    plugins = {
        name: options or {}
        for plugin in config["plugins"]
        for name, options in (plugin.items() if isinstance(plugin, dict) else [(plugin, {})])
    }
    found: list[Mapping[str, Any]] = (plugins if "i18n" in plugins else {"i18n": config["extra"]})["i18n"]["languages"]
    return found


def guess_project(root: Path) -> Project:
    """Returns a project for messages only, where ``mkdocs.yml`` cannot be read: the languages are those it seems to
    name, or else those of ``locales/``."""
    files = Files(root)
    text = files.lines_joined(SETTINGS) if is_own(root, root / SETTINGS) else ""
    codes = re.findall(r"^\s*-\s+locale:\s*([a-z]{2}\b[\w-]*)", text, re.MULTILINE)
    there = sorted(path.stem for path in (root / "locales").glob("*.yml") if is_own(root, path))
    codes = [code for code in codes if code in there] or there
    return Project(root, tuple(Language(code, code) for code in codes), files)


class _PermissiveLoader(Loader):
    """Reads ``mkdocs.yml`` without MkDocs: ``!ENV`` and ``!!python`` tags become None."""


_PermissiveLoader.add_multi_constructor("", lambda loader, suffix, node: None)


def read_settings(project: Project) -> Mapping[str, Any]:
    """``mkdocs.yml`` as it is, with what the environment sets."""
    environment = frozenset(os.environ.items())
    return project.files.kept((SETTINGS,), _settings, project.files, _SettingsLoader, environment)


class _SettingsLoader(_PermissiveLoader):
    """Reads ``!ENV [NAME, …, default]`` as MkDocs does; other tags become None."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if not isinstance(node, yaml.SequenceNode):
        return os.environ.get(node.value)
    *names, default = loader.construct_sequence(node)
    return next((os.environ[name] for name in names if name in os.environ), default)


_SettingsLoader.add_constructor("!ENV", _from_environment)


def _settings(files: Files, loader: type[yaml.SafeLoader], environment: object = None) -> Any:
    """Returns what ``mkdocs.yml`` says; ``environment`` is what the loader reads beside it."""
    return yaml.load(files.decoded(SETTINGS)[0], Loader=loader)


def _load_words(files: Files, name: str) -> Any:
    """Returns what a file of ``locales/`` says, of whatever shape. Raises where it cannot be read."""
    return files.kept((name,), _loaded, files, name)


def _loaded(files: Files, name: str) -> Any:
    return yaml.load(files.raw(name).decode("utf-8"), Loader=Loader)


# Words can stand in for others; how a language is punctuated holds for that language alone.
_NO_HABITS = {
    "prose": {"straight_quotes": "allowed", "opening_marks": "none", "readability": "none"},
    "counts": {"masculine": "", "feminine": "", "feminine_names": ""},
}


def open_texts(project: Project, code: str) -> Texts:
    """Returns the interface's words in the language ``code``.

    What a language in progress lacks is said in the default one.
    """
    words: Mapping[str, Any] = {}
    for one in (project.default, code) if code in project.in_progress else (code,):
        if one == code and code in project.in_progress:
            words = _merged(words, _NO_HABITS)
            if not (project.locales / f"{one}.yml").is_file():
                continue
        words = _merged(words, _load_words(project.files, f"locales/{one}.yml"))
    return Texts(code, words)


def message_texts(project: Project, wanted: str | None = None) -> Texts:
    """Returns the words for messages to authors, in the language ``wanted``, or that of ``message_language``.

    A locale file may be what is broken: what it lacks is said in another language.
    """
    wanted = wanted or message_language(project)
    order = sorted(project.codes, key=lambda one: (one == wanted, one == project.default))
    names = tuple(f"locales/{code}.yml" for code in order if is_own(project.root, project.locales / f"{code}.yml"))
    return Texts(wanted, project.files.kept(names, _message_words, project.files, names))


def _message_words(files: Files, names: tuple[str, ...]) -> Mapping[str, Any]:
    words: Mapping[str, Any] = {}
    for name in names:
        try:
            found = _load_words(files, name)
        except (OSError, ValueError, RecursionError, yaml.YAMLError):
            continue
        words = _usable(words, found) if isinstance(found, Mapping) else words
    return words


def _usable(below: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    """``above`` with what ``below`` has in the place of what is no text there."""
    found = dict(below)
    for key, value in above.items():
        inner = below.get(key)
        if isinstance(value, Mapping) and not isinstance(inner, str):
            found[key] = _usable(inner or {}, value)
        elif isinstance(value, str) and not isinstance(inner, Mapping):
            found[key] = value
    return found


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    if not below:
        return above
    found = dict(below)
    for key, value in (above or {}).items():
        inner = below.get(key)
        if isinstance(inner, Mapping):
            found[key] = _merged(inner, value) if isinstance(value, Mapping) else inner
        else:
            found[key] = value
    return found


def message_language(project: Project) -> str:
    """Returns the language for messages to authors: ABC_LANG, LC_ALL, LC_MESSAGES, LANG, or the site's default."""
    for name in ("ABC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in project.codes:
            return code
    return project.default
