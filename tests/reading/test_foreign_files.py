"""What a stranger's proposal cannot do: have other files read, steer a terminal, stop the answer."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.reading.problems import Problems, visible
from tests.authoring.test_command import run as guide
from tests.checks.test_check import build_project
from tests.documents import Document
from tests.model.test_loader import change
from tools import answer


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return build_project(tmp_path / "project")


def refused(root: Path) -> list[str]:
    """What the check says; what it writes for the answer holds nothing that stands in another file."""
    file = root / "findings.json"
    done = guide("check", root, "--findings", str(file), ABC_LANG="es")
    assert done.returncode == 1
    findings = json.loads(file.read_text("utf-8"))["findings"]
    assert all(one["now"] == "" for one in findings)
    lines = done.stderr.splitlines()[1:]
    said = [one["sentences"] for one in findings]
    assert [f"{one['path']}: {one['sentences'].get('es', said[0].get('en'))}" for one in findings] == lines
    return lines


LINK = "este enlace simbólico lleva fuera del proyecto, a una carpeta o a nada, y no se siguió; ponga aquí el archivo mismo."


IN_ENGLISH = "this symbolic link leads out of the project, to a folder or to nothing, and was not followed; put the file itself here."


@pytest.mark.parametrize(
    "name",
    [
        "networks/pass.yml", "docs/es/pass.md", "docs/en/pass.md", "data/published-pages.txt", "data/scale.yml",
        "locales/es.yml", "formats/es/pass.md", "mkdocs.yml", "docs/assets/pass.svg", "checklists/uno.yml", "docs/es/.x.md",
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "../no-hay", "/etc"])
def test_a_link_out_of_the_project_is_not_followed(small: Path, name: str, target: str):
    (small / name).parent.mkdir(parents=True, exist_ok=True)
    (small / name).unlink(missing_ok=True)
    (small / name).symlink_to(target)
    lines = refused(small)
    # Without its words, nothing can be said in that language.
    assert lines == [f"{name}: {IN_ENGLISH if name == 'locales/es.yml' else LINK}"]


def test_a_link_to_a_file_of_the_project_is_one_more_file(small: Path):
    (small / "docs/assets/otro.svg").symlink_to("mapa.svg")
    assert guide("check", small).returncode == 0


def test_what_is_no_file_is_not_read(small: Path):
    os.mkfifo(small / "docs/es/tubo.md")
    (small / "checklists/dos.yml").mkdir()
    (small / "docs/es/vuelta").symlink_to("..")
    os.mkdir(os.fsencode(small / "docs/es") + b"/a\xff")
    assert refused(small) == [
        "checklists/dos.yml: aquí hay una carpeta con nombre de archivo; cámbiele el nombre o ponga en su lugar el archivo.",
        "docs/es/a\\udcff: el nombre lleva letras que no se pueden leer; use minúsculas sin acentos, números y guiones.",
        "docs/es/tubo.md: esto no es un archivo de texto, y no se leyó; bórrelo.",
        f"docs/es/vuelta: {LINK}",
    ]


def test_a_name_of_two_lines_is_told_on_one(small: Path):
    (small / "docs/es/a\nb\x1b[31m.md").write_text("---\ntitle: A\n---\n", "utf-8")
    done = guide("check", small, ABC_LANG="es")
    assert done.returncode == 1 and "\x1b" not in done.stderr
    assert "docs/es/a b\\x1b[31m.md: el nombre del archivo es la dirección de la página" in done.stderr


@pytest.mark.parametrize("value", ['"\\e[31m"', '"a\\0b"', '"\\u202Ea"', '"\\u009b1m"'])
def test_a_value_never_steers_the_terminal(small: Path, value: str):
    change(small, "data/bibliography.yml", **{"from": "id: ley-uno", "to": f"id: {value}"})
    change(small, **{"from": "quick:", "to": f"{value}:"})
    done = guide("check", small, ABC_LANG="es")
    assert done.returncode == 1 and "no sirve como identificador" in done.stderr
    assert re.search(r"\\x1b|\\x00|\\u202e|\\x9b", done.stderr)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.stderr + done.stdout)


@settings(max_examples=200, deadline=None)
@given(text=st.text())
def test_whatever_is_told_can_be_printed(text: str):
    problems = Problems()
    problems.add(text, 0, text, "code", value=text)
    (one,) = problems
    for shown in (one.path, one.key, one.details[0][1]):
        shown.encode("utf-8")
        assert visible(shown) == shown and "\n" not in shown and "\x1b" not in shown


@pytest.mark.parametrize(
    "file, wrong, right",
    [
        ("docs/es/guia.md", "{#detalle}", "{#mi\\1id}"),
        ("docs/es/guia.md", "{#detalle}", "{#\\g<0>}"),
        ("docs/en/guia.md", "{#detalle}", "{#a\\u}"),
        ("checklists/uno.yml", "[ley-uno]", "['ley\\1-uno']"),
        ("data/bibliography.yml", "id: ley-uno", "id: ley-uno\\umedellin"),
        ("checklists/uno.yml", "section: primera", "section: prime\\ra"),
    ],
)
def test_a_backslash_is_a_letter(small: Path, file: str, wrong: str, right: str):
    change(small, file, **{"from": wrong, "to": right})
    done = guide("check", small, "--findings", str(small / "findings.json"))
    assert done.returncode == 1
    findings = json.loads((small / "findings.json").read_text("utf-8"))["findings"]
    assert findings and all("\0" not in (one["better"] or "") for one in findings)


# What a host makes links of by itself: after Markdown, in text without code.
REFERENCES = re.compile(
    r"@[\w-]|#\d|\b(?:GH|GHSA|CVE)-\w|(?<![0-9a-zA-Z])[0-9a-f]{7,40}(?![0-9a-zA-Z])|https?://|www\.", re.IGNORECASE
)
ASKED = ["GH-12", "gh-3", "#12", "ana/abc#1", "ana/abc@" + "a1" * 20, "@ana", "0123456789abcdef" * 4, "deadbee", "GHSA-2c5j",
         "CVE-2024-1234", "https://x.org", "www.x.org", " ", "-", "é", "`", "f"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(ASKED) | st.text(max_size=3), max_size=8).map("".join))
def test_nothing_a_stranger_writes_becomes_a_reference(text: str):
    html = markdown.markdown(answer.plain(text))
    # What stands on both sides of code is not one word.
    html = re.sub(r"<code>.*?</code>", "<code>", html, flags=re.DOTALL)
    # What is written as a number is no mark to the host, which looks for them before.
    for piece in re.split(r"<[^<>]*>", re.sub(r"&#\d+;", "\0", html)):
        assert not REFERENCES.search(piece), piece
    assert Document(html).find("a") == []
