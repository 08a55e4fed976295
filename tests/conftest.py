"""One strict build and one browser serve all tests."""

from __future__ import annotations

import fcntl
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from mkdocs.utils.yaml import get_yaml_loader
from playwright.sync_api import Browser, Page, expect

from guide.model.content import Content, load
from guide.reading import files, locale_files
from guide.reading import project as projects
from guide.reading.files import Files
from guide.reading.kept import kept
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project
from guide.reading.yaml_tree import compose_text
from tests.documents import Document
from tools.browser import open_browser
from tools.server import serve

ROOT = Path(__file__).parent.parent
CASE_FILES = ROOT / "tests/cases"
DEFAULT = open_project(ROOT).default
SITE_URL = "https://abc.example/"
REPOSITORY = "https://code.example/abc"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# What is waited for comes at once, or on a busy machine much later: only what never comes needs this long.
expect.set_options(timeout=60_000)
# As if the name of the municipality had been asked for before, which happens once in a browser.
NAME_ASKED = 'try { localStorage["abc.name-asked"] ||= "2026-01-01" } catch {}'


def mkdocs(*arguments: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    """Runs MkDocs as the Makefile does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
    )


def copy_small_project(root: Path) -> None:
    """The smallest project the loader can read, with the words and the shared data of the real one."""
    shutil.copytree(ROOT / "tests/project", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "locales", root / "locales")
    for path in (root / "locales").glob("*.yml"):
        # They lead to chapters and sources that only the real one has.
        path.write_text(re.sub(r"\]\([^(){}\s]+\.md[^(){}\s]*\)", "](index.md)", path.read_text("utf-8")), "utf-8")
    for name in ("scale.yml", "catalogue.yml"):
        shutil.copy(ROOT / "data" / name, root / "data" / name)


def copy_with_entries(root: Path, **entries: str) -> Path:
    """The smallest project at ``root`` with files of ``tests/entries``, by name, at the places given for them."""
    copy_small_project(root)
    for name, place in entries.items():
        (root / place).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / f"tests/entries/{name}.yml", root / place)
    return root


@functools.cache
def _composed(text: str, name: str) -> tuple[yaml.Node | None, Problems]:
    problems = Problems()
    return compose_text(text, name, problems), problems


def read_words_once() -> None:
    """Lets the words of the interface, which hundreds of copies of projects share, be read once in this process."""

    def composed(text: str, name: str, problems: Problems) -> yaml.Node | None:
        if not name.startswith("locales/"):
            return compose_text(text, name, problems)
        node, found = _composed(text, name)
        problems.update(found)
        return node

    files.compose_text = composed  # type: ignore[attr-defined]
    projects._loaded = _of_same_bytes(projects._loaded, lambda files, name: (files, (name,)))
    projects._message_words = _of_same_bytes(projects._message_words, lambda files, names: (files, names))
    locale_files._record_of = _of_same_bytes(
        locale_files._record_of, lambda project, complete: (project.files, (f"locales/{project.default}.yml",))
    )


def _of_same_bytes(make: Callable, read: Callable) -> Callable:
    """``make``, done once for what is the same to the byte in all files that ``read`` says it is made of."""
    made: dict[tuple, object] = {}

    def once(*arguments: object) -> object:
        files, names = read(*arguments)
        try:
            key = *map(files.raw, names), *(one for one in arguments if isinstance(one, bool))
        except OSError:
            return make(*arguments)
        if key not in made:
            made[key] = make(*arguments)
        return made[key]

    return once


@pytest.fixture(scope="module")
def keeping() -> Iterator[None]:
    """Lets checks in this process keep what they make, as the commands do: of the whole project they take seconds."""
    kept.begin(ROOT)
    yield
    kept.end()


_files = functools.cache(Files)


def open_again(root: Path) -> Project:
    """The project at ``root`` as it stands now, where a test looks at it many times: what stayed is not read again."""
    return open_project(root, _files(root))


def copy_small_site(root: Path) -> None:
    """The smallest project with the hooks, the looks and the settings of the real one: it builds in two seconds."""
    copy_small_project(root)
    for name in ("hooks", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    small = (root / "mkdocs.yml").read_text("utf-8")
    nav = re.search(r"^nav:\n(?: .*\n)+", small, re.MULTILINE)
    names = re.search(r"^          nav_translations:\n(?: {12}.*\n)+", small, re.MULTILINE)
    assert nav and names
    settings = re.sub(r"^nav:\n(?: .*\n)+", nav[0], settings, flags=re.MULTILINE)
    settings = re.sub(r"^ +nav_translations:\n(?: {12}.*\n)+", names[0], settings, flags=re.MULTILINE)
    there = {path.name for path in root.iterdir()}
    gone = [name for name in re.findall(r"^  - (\w+)$", settings, re.MULTILINE) if (ROOT / name).is_dir()]
    for name in {*gone} - there:
        settings = settings.replace(f"  - {name}\n", "")
    (root / "mkdocs.yml").write_text(settings, "utf-8")


# The files that take longest, first in the run: one of them begun last would keep all other processes waiting.
LONGEST = (
    "pages/test_first_paint.py",
    "pages/test_accessibility.py",
    "scripts/test_word.py",
    "scripts/test_workbook_back.py",
    "scripts/test_compare.py",
    "tools/test_serve.py",
    "tools/test_setup.py",
    "tools/test_mutants.py",
    "downloads/test_workbook.py",
    "scripts/test_documents.py",
    "scripts/test_register_parts.py",
    "scripts/test_assessment.py",
    "pages/test_browsing.py",
    "scripts/test_twinning.py",
    "pages/test_book.py",
    "scripts/test_answer_files.py",
    "scripts/test_changes.py",
    "checks/test_third_language.py",
    "reading/test_counts.py",
    "authoring/test_export.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """What commands keep, they keep for this run alone: the same is made once, whichever test asks for it."""
    read_words_once()
    # As in the Makefile: what hundreds of processes import is compiled once.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not hasattr(config, "workerinput"):
        os.environ["ABC_CACHE"] = tempfile.mkdtemp(prefix="abc-kept-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["ABC_CACHE"], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file stay together and in their order."""
    place = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(scope="session")
def project() -> Project:
    return open_project(ROOT)


@pytest.fixture(scope="session")
def content(project: Project) -> Content:
    return load(project)


def build_once(factory: pytest.TempPathFactory, name: str, **environment: str) -> Path:
    """A folder with the site, built strictly once for all processes that run tests beside each other."""
    base = factory.getbasetemp()
    # Each of them has a folder of its own in the one of the run.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, whole = shared / name, shared / f"{name}.built"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            built = mkdocs("build", "--strict", "--site-dir", str(folder), **environment)
            assert built.returncode == 0, built.stderr
            whole.touch()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site. Nothing may write to it."""
    return build_once(tmp_path_factory, "site", ABC_SITE_URL=SITE_URL, ABC_REPOSITORY=REPOSITORY)


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site as it opens without a server, in a place with any letters."""
    return build_once(tmp_path_factory, "una carpeta ñ #1", ABC_DIRECTORY_URLS="false")


@pytest.fixture(scope="session")
def documents(site: Path, content: Content, project: Project) -> dict[str, Document]:
    """Every page by its address from the site's root (``en/acerca/``), 404 and old addresses left out."""
    starts = ("", *(f"{code}/" for code in project.codes[1:]))
    moved = {start + one.source.strip("/") for one in content.redirects for start in starts}
    found = {}
    for path in sorted(site.rglob("index.html")):
        address = path.parent.relative_to(site).as_posix()
        if address not in moved:
            found["" if address == "." else f"{address}/"] = Document(path.read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Listed:
    """A page of the navigation: its address in the default language and the sections it is in."""

    path: str
    sections: tuple[str, ...]


def listed(items: list, sections: tuple[str, ...] = ()) -> Iterator[Listed]:
    for item in items:
        if isinstance(item, str):
            yield Listed(item.removesuffix("index.md").replace(".md", "/"), sections)
        else:
            ((title, below),) = item.items()
            yield from listed(below, (*sections, title))


@pytest.fixture(scope="session")
def settings() -> dict:
    return yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=get_yaml_loader())


@pytest.fixture(scope="session")
def order(settings: dict) -> list[Listed]:
    """The pages that ``mkdocs.yml`` lists, in its order."""
    return list(listed(settings["nav"]))


@pytest.fixture(scope="session")
def chapters(order: list[Listed]) -> list[Listed]:
    """The pages that stand in a section of the guide's section."""
    (guide,) = (one.sections[0] for one in order if one.path == "guia-completa/")
    return [one for one in order if one.sections[:1] == (guide,) and len(one.sections) > 1]


@pytest.fixture(scope="session")
def named(settings: dict, project: Project) -> Callable[[str, str], str]:
    """``named(section, code)`` is what a section is called in a language."""
    (plugin,) = [one["i18n"] for one in settings["plugins"] if isinstance(one, dict) and "i18n" in one]
    names = {one["locale"]: one.get("nav_translations", {}) for one in plugin["languages"]}
    return lambda section, code: section if code == project.default else names[code][section]


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, with a final slash."""

    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator:
    """``open_page(path, **context)`` opens a page of the site in a browser of its own; with ``new=True``
    one that was never asked for the name of the municipality.

    At the end of the test nothing may have gone wrong on it: no error in the console, no request
    that failed or went to another host.
    """
    contexts, wrong = [], []

    def open_page(path: str = "", script: str = "", new: bool = False, **options) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "es-MX", "reduced_motion": "reduce", **options})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        if not new:
            context.add_init_script(NAME_ASKED)
        context.on("page", lambda page: _watch(page, address, wrong))
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def add_modules(page: Page) -> Page:
    """Lets ``abc.modules`` on a page be what the scripts are made of, whatever the page itself uses of them."""
    page.evaluate(f"() => {{ {(ROOT / 'tests/scripts/modules.bundle.js').read_text('utf-8')} }}")
    return page


@contextmanager
def modules_on(browser: Browser, address: str, path: str) -> Iterator[Page]:
    """A page with ``abc.modules`` for many tests of what changes nothing on it; nothing may go wrong there either."""
    page, wrong = browser.new_page(), []
    _watch(page, address, wrong)
    page.goto(address + path)
    yield add_modules(page)
    page.close()
    assert wrong == []


def add_style(page: Page, css: str) -> None:
    """Adds style rules to a page, as its policy lets a script do it."""
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet) }",
        css,
    )


def _watch(page: Page, address: str, wrong: list[str]) -> None:
    page.on("console", lambda one: one.type in ("error", "warning") and wrong.append(one.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda one: one.status >= 400 and wrong.append(f"{one.status} {one.url}"))
    page.on(
        "request",
        lambda one: one.url.startswith((address, "data:", "blob:")) or wrong.append(one.url),
    )
