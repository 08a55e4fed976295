"""While serving, a mistake is told and the last good site stays; mending the file brings it back."""

from __future__ import annotations

import errno
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guide.reading.project import open_project, open_texts
from guide.reading.texts import fill
from tests.conftest import ROOT, copy_small_project, copy_small_site
from tools import build, serve

# Only what never ends meets this: a build on a machine that is busy takes the time it takes.
NEVER = 900


class Served:
    """The site of a folder while it is being served; ``log`` is what was said."""

    def __init__(self, process: subprocess.Popen, address: str, file: Path) -> None:
        self.process = process
        self.address = address
        self._file = file

    @property
    def log(self) -> str:
        return self._file.read_text("utf-8")

    def page(self, path: str = "") -> str:
        """A page; "" where nobody answers, as before the port is there."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=NEVER) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            return ""

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Waits for what must come as long as the server lives."""
        end = time.monotonic() + NEVER
        while not true():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < end, f"still waiting: {what}\n{self.log}"
            time.sleep(0.1)

    def told(self, *sentences: str) -> None:
        """Waits for sentences; the place to go on from is kept, so that each is said anew."""
        self.until(lambda: all(one in self.log[self._read :] for one in sentences), str(sentences))
        self._read = len(self.log)

    _read = 0


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def command(root: Path, port: int | str, **environment: str) -> dict:
    address = f"127.0.0.1:{port}" if isinstance(port, int) else port
    return {
        "args": [sys.executable, "-m", "tools.serve", address],
        "cwd": root,
        "env": {
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": f"{ROOT / 'hooks'}:{ROOT}",
            "ABC_LANG": "es",
            **environment,
        },
    }


@contextmanager
def serving(root: Path, log: Path, **environment: str) -> Iterator[Served]:
    port = free_port()
    with log.open("w") as output:
        process = subprocess.Popen(**command(root, port, **environment), stdout=output, stderr=output)
        try:
            yield Served(process, f"http://127.0.0.1:{port}/", log)
        finally:
            process.terminate()
            process.wait()
    assert "Traceback" not in log.read_text("utf-8")


def refused(root: Path, address: str, **options) -> str:
    """What is said to whoever asks for an address that cannot be; nothing was built."""
    done = subprocess.run(**{**command(root, address), **options}, capture_output=True, text=True)
    assert done.returncode == 1 and not done.stdout
    assert "INFO" not in done.stderr and "Traceback" not in done.stderr
    return done.stderr.strip()


def save(path: Path, text: str) -> None:
    """As editors do: the file is never seen half written."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    save(path, text.replace(old, new))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project that builds in a moment, without our hooks."""
    root = tmp_path / "small"
    copy_small_project(root)
    (root / "overrides").mkdir()
    (root / "overrides/main.html").write_text('{% extends "base.html" %}\n', "utf-8")
    change(root / "mkdocs.yml", "  - i18n:\n", "  - i18n:\n      docs_structure: folder\n")
    change(
        root / "mkdocs.yml",
        "site_name: Prueba\n",
        "site_name: Prueba\ntheme:\n  name: mkdocs\n  custom_dir: overrides\nwatch: [overrides]\nmarkdown_extensions: [attr_list]\n",
    )
    return root


@pytest.fixture(scope="session")
def words() -> dict:
    texts = open_texts(open_project(ROOT), "es")
    return {**texts["setup"], "kept": texts["problems"]["kept"]}


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A project that builds in two seconds, with our hooks and our looks."""
    root = tmp_path / "project"
    copy_small_site(root)
    # What is published and translated is on record, as on the main branch.
    for verb in ("ids", "reviewed"):
        assert guide(root, verb).returncode == 0
    return root


def test_a_mistake_while_serving(small_site: Path, tmp_path: Path, words: dict):
    root = small_site
    file, page, old, new = root / "checklists/uno.yml", "autoevaluacion/uno/", "¿Existe un plan?", "¿Existe un mapa?"
    with serving(root, tmp_path / "log") as site:
        right = file.read_text("utf-8")
        site.until(lambda: old in site.page(page), "the first build")

        save(file, right.replace("minutes:", "minuts:"))
        site.told("checklists/uno.yml:", "¿quiso escribir «minutes»?", words["kept"])
        assert old in site.page(page)

        save(file, right.replace(old, new))
        site.until(lambda: new in site.page(page), "the mended file to be shown")

        chapter = root / "docs/es/guia.md"
        text = chapter.read_text("utf-8") + "\nUna línea más.\n"
        save(chapter, text)
        site.until(lambda: "Una línea más." in site.page("guia/"), "a changed chapter")
        save(chapter, text + "\n## Sin identificador\n")
        site.told("«Sin identificador» no tiene identificador", words["kept"])
        # Whoever writes the page sees it with what is wrong, and every other page as it was.
        wrong = "docs/es/guia.md:"
        site.until(lambda: "Sin identificador</h2>" in site.page("guia/") and wrong in site.page("guia/"), "a notice")
        assert "Una línea más." in site.page("guia/") and "data-unpublished" not in site.page("")
        save(chapter, text)
        template = root / "overrides/partials/footer.html"
        save(template, template.read_text("utf-8") + "<!-- otra -->")
        site.until(lambda: "<!-- otra -->" in site.page("guia/"), "a changed template")


BROKEN_SETTINGS = [
    ("nav:\n", "nav: [\n", "mkdocs.yml:"),
    ("nav:\n", "\tnav:\n", "mkdocs.yml:"),
    ("  name: mkdocs\n", "  name: no-such-theme\n", "no-such-theme"),
    ("custom_dir: overrides", "custom_dir: nowhere", "nowhere"),
    ("plugins:\n", "plugins:\n  - no-such-plugin\n", "no-such-plugin"),
    ("nav:\n", "hooks: [no-such-hook.py]\nnav:\n", "no-such-hook.py"),
    ("  - i18n:\n", "  - i19n:\n", "mkdocs.yml"),
]


def test_broken_settings_leave_the_last_good_site(small: Path, tmp_path: Path, words: dict):
    settings = small / "mkdocs.yml"
    right = settings.read_text("utf-8")
    with serving(small, tmp_path / "log") as site:
        site.until(lambda: "El cabildo." in site.page("guia/"), "the first build")
        for old, new, told in BROKEN_SETTINGS:
            change(settings, old, new)
            site.told(told, words["kept"])
            assert "El cabildo." in site.page("guia/")
            save(settings, right)
        settings.unlink()
        site.told("mkdocs.yml", words["kept"])
        settings.mkdir()
        assert "El cabildo." in site.page("guia/")
        settings.rmdir()
        save(settings, right)
        change(small / "docs/es/guia.md", "El cabildo.", "La sindicatura.")
        site.until(lambda: "La sindicatura." in site.page("guia/"), "the mended settings")


@pytest.mark.parametrize("place", [0, 2])
def test_broken_settings_at_the_start_are_a_sentence(small: Path, place: int):
    old, new, told = BROKEN_SETTINGS[place]
    change(small / "mkdocs.yml", old, new)
    done = subprocess.run(**command(small, free_port()), capture_output=True, text=True, timeout=NEVER)
    assert done.returncode == 1 and told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_template_leaves_the_last_good_site(small: Path, tmp_path: Path, words: dict):
    with serving(small, tmp_path / "log") as site:
        site.until(lambda: "El cabildo." in site.page("guia/"), "the first build")
        save(small / "overrides/main.html", '{% extends "base.html" %}\n{% block content %}\n')
        site.told("overrides/main.html:2:", words["kept"])
        assert "El cabildo." in site.page("guia/")
        save(small / "overrides/main.html", '{% extends "base.html" %}\n{% block content %}Otra.{% endblock %}\n')
        site.until(lambda: "Otra." in site.page("guia/"), "the mended template")


# Ends in the middle of the second build what it writes, as a disk does that is full.
FULL = """
import sys, errno, os
from mkdocs import utils
from tools import serve
whole, disk = utils.write_file, os.environ["DISK"]
def write_file(content, output):
    if os.path.exists(disk) and "guia" in output:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    whole(content, output)
utils.write_file = write_file
sys.exit(serve.main(sys.argv[1:]))
"""


def test_a_full_disk_leaves_the_last_good_site(small: Path, tmp_path: Path, words: dict):
    disk, log, port = tmp_path / "full", tmp_path / "log", free_port()
    options = command(small, port, DISK=str(disk), TMPDIR=str(tmp_path))
    options["args"][1:3] = ["-c", FULL]
    with log.open("w") as output:
        process = subprocess.Popen(**options, stdout=output, stderr=output)
        site = Served(process, f"http://127.0.0.1:{port}/", log)
        try:
            site.until(lambda: "El cabildo." in site.page("guia/"), "the first build")
            disk.touch()
            change(small / "docs/es/guia.md", "El cabildo.", "La sindicatura.")
            site.told(fill(words["disk_full"], {"place": str(tmp_path)}), words["kept"])
            assert "El cabildo." in site.page("guia/") and "Traceback" not in log.read_text("utf-8")
            disk.unlink()
            change(small / "docs/es/index.md", "\n", "\n\n")
            site.until(lambda: "La sindicatura." in site.page("guia/"), "room on the disk")
        finally:
            process.terminate()
            process.wait()
    # Nothing is left behind.
    assert not list(tmp_path.glob("abc-*"))


# Builds, and waits before it is done until the file it is told of is gone. Other languages are built inside.
SLOW = """
import sys, os, time
from mkdocs.commands import build as commands
from tools import serve
build, wait, inside = commands.build, os.environ["WAIT"], []
def slow(config, **options):
    inside.append(config)
    build(config, **options)
    inside.pop()
    if not inside:
        print("read", flush=True)
        while os.path.exists(wait):
            time.sleep(0.05)
commands.build = slow
sys.exit(serve.main(sys.argv[1:]))
"""


def test_what_is_saved_while_the_site_is_built_is_shown(small: Path, tmp_path: Path):
    """Also in the first build, where nobody used to look yet."""
    wait, log, port = tmp_path / "wait", tmp_path / "log", free_port()
    wait.touch()
    options = command(small, port, WAIT=str(wait))
    options["args"][1:3] = ["-c", SLOW]
    with log.open("w") as output:
        process = subprocess.Popen(**options, stdout=output, stderr=output)
        site = Served(process, f"http://127.0.0.1:{port}/", log)
        try:
            site.told("read\n")
            change(small / "docs/es/guia.md", "El cabildo.", "La sindicatura.")
            wait.unlink()
            site.until(lambda: "La sindicatura." in site.page("guia/"), "what was saved meanwhile")
        finally:
            process.terminate()
            process.wait()


def test_a_taken_port_is_told_before_anything_is_built(small: Path, words: dict):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(small, f"127.0.0.1:{port}")
    better = re.search(r"make serve ADDRESS=(127\.0\.0\.1:\d+)$", said)
    assert better and said == fill(words["port_taken"], {"port": port, "better": better[1]})
    # What is proposed can be had.
    with socket.socket() as free:
        free.bind(("127.0.0.1", int(better[1].split(":")[1])))


def test_a_port_that_the_system_keeps_is_told(words: dict, monkeypatch: pytest.MonkeyPatch):
    """Below 1024, for whoever is no root; the one proposed is above."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(serve.Server, "server_bind", refuse)
    with pytest.raises(build.Told) as told:
        serve.listen("127.0.0.1:80")
    better = re.search(r"ADDRESS=127\.0\.0\.1:(\d+)$", str(told.value))
    assert better and int(better[1]) > 8000
    assert str(told.value) == fill(words["port_refused"], {"port": 80, "better": f"127.0.0.1:{better[1]}"})


def test_what_is_no_address_is_told(small: Path, words: dict, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ABC_LANG", "es")
    wrong = ["foo", "", "8001", ":8001", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:0", "a b:1", "127.0.0.1:8001 x"]
    for address in wrong:
        with pytest.raises(build.Told) as told:
            serve.listen(address)
        assert str(told.value) == fill(words["address_wrong"], {"address": address, "better": "127.0.0.1:8001"})
    # 192.0.2.0/24 is nobody's, by RFC 5737.
    said = refused(small, "192.0.2.1:8001")
    assert said == fill(words["address_foreign"], {"address": "192.0.2.1:8001", "better": "127.0.0.1:8001"})


# What a person writes in one language first: what is added to its page, and what is then seen of it in both.
WRITTEN_FIRST = {
    "a figure": ("\n\nHay 37 municipios más.\n", "Hay 37 municipios más."),
    "a heading": ("\n\n## Otro apartado {#otro-apartado}\n\nLo que dice.\n", 'id="otro-apartado"'),
    "a link": ("\n\nVea también [el inicio](index.md).\n", "Vea también <a"),
    "a list": ("\n\nFaltan:\n\n- el oficio;\n- la firma.\n", "el oficio;"),
}


def test_a_page_is_seen_while_it_is_being_written(small_site: Path, tmp_path: Path, words: dict):
    """Whatever only the other language lacks is a notice on both pages, and stops publication."""
    root = small_site
    page, twin, checklist = root / "docs/es/guia.md", root / "docs/en/guia.md", root / "checklists/uno.yml"
    right, list_right = page.read_text("utf-8"), checklist.read_text("utf-8")
    with serving(root, tmp_path / "log") as site:
        site.until(lambda: "¿Quién firma?" in site.page("guia/"), "the first build")
        assert "data-unpublished" not in site.page("guia/")
        for what, (added, seen) in WRITTEN_FIRST.items():
            save(page, right + added)
            site.until(lambda: seen in site.page("guia/"), what)
            site.told("docs/en/guia.md:")
            for start in ("", "en/"):
                told = lambda page=f"{start}guia/": re.search(  # noqa: E731
                    r"data-unpublished(?s:.*)docs/en/guia\.md", site.page(page)
                )
                site.until(told, f"a notice of {what} at {start}")
            assert "data-unpublished" not in site.page("")
            if what == "a heading":
                # It stands on the other page too, and says in which language.
                both = re.compile(r'<div dir="auto" lang="es">\s*<h2 id="otro-apartado">')
                site.until(lambda both=both: both.search(site.page("en/guia/")), "the heading on the other page")
                assert guide(root, "check").returncode == 1
        save(page, right)
        # A text of a checklist, a page and a word that only one language has.
        change(checklist, "title:\n  es: Lista uno\n  en: List one\n", "title:\n  es: Otro título\n")
        site.until(lambda: "<h1>Otro título</h1>" in site.page("autoevaluacion/uno/"), "a text")
        site.until(lambda: "data-unpublished" in site.page("en/autoevaluacion/uno/"), "what it lacks")
        assert re.search(r'<h1 lang="es" dir="ltr">Otro título', site.page("en/autoevaluacion/uno/"))
        save(checklist, list_right)
        twin.unlink()
        change(page, "## Segunda", "Otra página.\n\n## Segunda")
        site.until(lambda: "Otra página." in site.page("en/guia/"), "a page that one language lacks")
        change(root / "locales/en.yml", "  skip: Skip to content\n", "")
        site.until(lambda: "Ir al contenido" in site.page("en/"), "a word that one language lacks")
        site.until(lambda: "locales/en.yml" in site.page("en/"), "a notice of the word")
        assert "data-unpublished" not in site.page("glosario/")
        assert words["kept"] not in site.log
        # Any other mistake still keeps the last good site.
        save(page, right + "\nVea [esto](no-hay.md).\n")
        site.told("no-hay.md", words["kept"])
        site.until(lambda: "docs/es/guia.md:" in site.page("guia/"), "what is wrong with it")
        assert "no-hay" not in site.page("")
    assert guide(root, "check").returncode == 1


# Builds a site, changes files at random, shows them again, builds anew and compares; five times.
AGAIN = """
import filecmp, importlib, random, sys, tempfile
from pathlib import Path
from mkdocs.commands import build as commands
from tools.build import settings
from tools.shown_again import show

def whole():
    folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
    config = settings(folder)
    config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"
    commands.build(config, serve_url=config.site_url)
    return folder

chance = random.Random(int(sys.argv[2]))
words = ["cabildo", "**convenio**", "¿por qué?", "`código`", "red", "& más", "*firma*", "oficio"]
pages = [Path("docs", code, name) for code in ("es", "en") for name in ("guia.md", "index.md", "acerca.md")]
pages = [one for one in pages if one.is_file()]
now, seen = whole(), 0
for _ in range(5):
    changed = chance.sample(pages, 2)
    for path in changed:
        text = path.read_text("utf-8")
        line = " ".join(chance.choices(words, k=chance.randint(1, 9)))
        path.write_text(f"{text}\\n{line}\\n", "utf-8")
    checklist = Path("checklists/uno.yml")
    if chance.random() < 0.5:
        checklist.write_text(checklist.read_text("utf-8").replace("List one", "List one, " + chance.choice("abc")), "utf-8")
        changed.append(checklist)
    written = show({path.as_posix() for path in changed})
    then = whole()
    assert len(written) >= len(changed), written
    for name in written:
        assert (now / name).read_bytes() == (then / name).read_bytes(), name
        seen += 1
    now = then
print("same", seen)
"""


def test_a_page_shown_at_once_is_what_the_whole_build_writes(small_site: Path, tmp_path: Path):
    """To the byte. What is wrong with it, and what is behind, only the whole build knows."""
    options = command(small_site, 0)
    done = subprocess.run(
        [sys.executable, "-c", AGAIN, str(tmp_path), "7"],
        cwd=small_site, env=options["env"], capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(re.search(r"same (\d+)", done.stdout)[1]) >= 10


def test_a_page_is_shown_before_the_whole_is_built(small_site: Path, tmp_path: Path):
    """No edit waits for a build; the build that follows says the same."""
    wait, log, port = tmp_path / "wait", tmp_path / "log", free_port()
    options = command(small_site, port, WAIT=str(wait))
    options["args"][1:3] = ["-c", SLOW]
    page = small_site / "docs/es/guia.md"
    with log.open("w") as output:
        process = subprocess.Popen(**options, stdout=output, stderr=output)
        site = Served(process, f"http://127.0.0.1:{port}/", log)
        try:
            site.until(lambda: "¿Quién firma?" in site.page("guia/"), "the first build")
            # From here on no build ends.
            wait.touch()
            for number in range(3):
                save(page, page.read_text("utf-8") + f"\nLínea {number}.\n")
                site.until(lambda number=number: f"Línea {number}." in site.page("guia/"), "a page that is shown again")
            drawing = small_site / "overrides/assets/mark.svg"
            save(drawing, drawing.read_text("utf-8") + "<!-- una de prueba -->")
            site.until(lambda: "una de prueba" in site.page("assets/mark.svg"), "a drawing")
            assert site.log.count("read\n") <= 2
            wait.unlink()
            site.told("read\n")
            assert "Línea 2." in site.page("guia/")
        finally:
            process.terminate()
            process.wait()


def test_where_there_can_be_no_other_process_one_does_it_all(small: Path, tmp_path: Path, words: dict):
    with serving(small, tmp_path / "log", ABC_ONE_PROCESS="1") as site:
        site.until(lambda: "El cabildo." in site.page("guia/"), "the first build")
        save(small / "mkdocs.yml", right := (small / "mkdocs.yml").read_text("utf-8"))
        change(small / "mkdocs.yml", "nav:\n", "nav: [\n")
        site.told("mkdocs.yml:", words["kept"])
        save(small / "mkdocs.yml", right)
        change(small / "docs/es/guia.md", "El cabildo.", "La sindicatura.")
        site.until(lambda: "La sindicatura." in site.page("guia/"), "a change")


def test_only_a_page_that_changed_is_loaded_again(small_site: Path, tmp_path: Path, browser):
    """Whoever reads another page is not disturbed by what somebody writes."""
    with serving(small_site, tmp_path / "log") as site:
        site.until(lambda: "¿Quién firma?" in site.page("guia/"), "the first build")
        context = browser.new_context()
        read, other = context.new_page(), context.new_page()
        for one, path in ((read, "guia/"), (other, "")):
            one.goto(site.address + path)
            one.evaluate("window.same = true")
        change(small_site / "docs/es/guia.md", "## Segunda", "Otra página.\n\n## Segunda")
        read.get_by_text("Otra página.").wait_for(timeout=NEVER * 1000)
        site.told("docs/en/guia.md:")
        template = small_site / "overrides/partials/footer.html"
        assert other.evaluate("window.same")
        save(template, template.read_text("utf-8") + '<p id="otra">otra</p>')
        for one in (read, other):
            one.locator("#otra").wait_for(state="attached", timeout=NEVER * 1000)
        context.close()


def guide(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    options = command(root, 0)
    return subprocess.run(
        [sys.executable, "-m", "guide", *arguments], cwd=root, env=options["env"], capture_output=True, text=True
    )
