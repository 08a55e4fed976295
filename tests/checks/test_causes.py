"""One cause is one mistake, where git tells what there was before; and what git alone can tell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.authoring.test_command import run as guide
from tests.checks.test_check import build_project
from tests.checks.test_freshness import git
from tests.model.test_loader import change

PUBLISHED = "data/published-ids.yml"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test project, published and committed, on a branch of its own. Nothing may write to it."""
    root = build_project(tmp_path_factory.mktemp("published") / "project")
    guide("check", root, "--fix")
    guide("ids", root)
    guide("reviewed", root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    git(root, "checkout", "-qb", "proposal")
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    return shutil.copytree(published, tmp_path / "project")


def told(root: Path) -> list[str]:
    """The errors; none where there is nothing wrong."""
    return guide("check", root, ABC_LANG="es").stderr.splitlines()[1:]


def move(root: Path, new: str) -> None:
    for code in ("es", "en"):
        (root / f"docs/{code}/guia.md").rename(root / f"docs/{code}/{new}")


@pytest.mark.parametrize("committed", [False, True])
def test_a_page_that_moved_is_told_by_its_new_name(root: Path, committed: bool):
    move(root, "manual.md")
    change(root, "docs/es/manual.md", **{"from": "El cabildo.", "to": "El cabildo, siempre."})
    if committed:
        git(root, "add", "-A")
        git(root, "commit", "-qm", "move")
    now = "esta página se llama ahora «manual.md»; escríbalo así en lugar de «guia.md»."
    assert told(root) == [
        f"checklists/uno.yml:13: chapter: {now}",
        f"data/glossary.yml:21: terms.1.see: {now}",
        "data/published-pages.txt:22: «/guia/» se llama ahora «manual.md»; agregue la redirección a data/redirects.yml: "
        "`from: /guia/` y `to: manual.md`.",
        f"docs/en/index.md:7: {now}",
        f"docs/es/index.md:6: {now}",
        f"mkdocs.yml:17: nav: {now}",
    ]


def test_another_page_is_not_the_one_that_went(root: Path):
    move(root, "manual.md")
    for code in ("es", "en"):
        file = root / f"docs/{code}/manual.md"
        head = file.read_text("utf-8").split("\n\n")[0]
        file.write_text(head + "\n\nOtra cosa que no tiene nada que ver.\n\n## Algo {#algo}\n", "utf-8")
    assert not any("se llama ahora" in line for line in told(root))


def test_what_a_redirect_says_is_where_links_are_to_lead(root: Path):
    move(root, "manual.md")
    (root / "data/redirects.yml").write_text("redirects:\n  - from: /guia/\n    to: manual.md\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "move")
    assert "docs/es/index.md:6: esta página se llama ahora «manual.md»; escríbalo así en lugar de «guia.md»." in told(
        root
    )


def test_a_criterion_deleted_with_its_line_in_the_list_is_told(root: Path):
    change(root, PUBLISHED, **{"from": "  - red\n", "to": ""})
    change(root, "data/glossary.yml", **{"from": "    related: [red]\n", "to": ""})
    text = (root / "data/glossary.yml").read_text("utf-8")
    (root / "data/glossary.yml").write_text(text[: text.index("  - id: red")], "utf-8")
    wanted = [
        f"{PUBLISHED}: «red» estaba en esta lista, en la rama principal, y ya no está; recupérelo: lo publicado no se borra."
    ]
    assert told(root) == wanted
    git(root, "add", "-A")
    git(root, "commit", "-qm", "delete")
    assert told(root) == wanted
    # On the main branch itself, it is what there is; and without git nobody knows.
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "proposal")
    assert told(root) == []


def test_what_is_added_to_the_list_or_put_in_another_order_is_right(root: Path):
    change(root, PUBLISHED, **{"from": "  - acuerdo\n  - red\n", "to": "  - red\n  - acuerdo\n"})
    assert told(root) == []


ENGLISH, LEDGER = "docs/en/guia.md", "data/translations/en.yml"


def follows(root: Path, file: str = ENGLISH) -> str:
    return next(line for line in (root / file).read_text("utf-8").split("\n") if line.startswith("follows: "))


@pytest.mark.parametrize("committed", [False, True])
def test_a_record_of_what_a_translation_follows_that_is_deleted_is_told(root: Path, committed: bool):
    line = follows(root)
    change(root, ENGLISH, **{"from": line + "\n", "to": ""})
    # Or else the stale page would be recorded as fresh.
    change(root, "docs/es/guia.md", **{"from": "El cabildo.", "to": "El cabildo, siempre."})
    if committed:
        git(root, "commit", "-qam", "delete")
    assert told(root) == [
        f"{ENGLISH}: follows: falta esta línea, que dice qué original sigue la traducción; recupérela tal cual: `{line}`."
    ]


def test_a_record_of_what_a_text_of_the_data_follows_that_is_deleted_is_told(root: Path):
    text = (root / LEDGER).read_text("utf-8")
    start = text.index("checklists/uno.yml:\n")
    lines = text[start:].split("\n")
    (root / LEDGER).write_text(text.replace(f"{lines[1]}\n", ""), "utf-8")
    assert told(root) == [
        f"{LEDGER}: faltan las líneas de checklists/uno.yml ({lines[1].split(':')[0].strip()}), "
        "que dicen qué original sigue la traducción; recupérelas."
    ]
    # What is no longer there needs no record.
    (root / LEDGER).write_text(text, "utf-8")
    (root / "docs/en/nueva.md").write_text(
        (root / ENGLISH).read_text("utf-8").replace(follows(root) + "\n", ""), "utf-8"
    )
    (root / "docs/es/nueva.md").write_text((root / "docs/es/guia.md").read_text("utf-8"), "utf-8")
    change(root, "mkdocs.yml", **{"from": "      - guia.md\n", "to": "      - guia.md\n      - nueva.md\n"})
    assert told(root) == []


def test_a_record_of_what_a_translation_follows_that_came_along_is_told(root: Path):
    for code, text in (
        ("es", "Otra cosa.\n\n## Algo {#primera}\n\nNada de eso.\n"),
        ("en", "Else.\n\n## Some {#primera}\n\nNone.\n"),
    ):
        head = (root / f"docs/{code}/guia.md").read_text("utf-8").split("\n---\n")[0]
        head = head.replace("title: Gu", "title: Otra gu")
        (root / f"docs/{code}/otra.md").write_text(f"{head}\n---\n\n{text}", "utf-8")
    change(root, "mkdocs.yml", **{"from": "      - guia.md\n", "to": "      - guia.md\n      - otra.md\n"})
    line = (root / "docs/en/otra.md").read_text("utf-8").split("\n").index(follows(root)) + 1
    assert told(root) == [
        f"docs/en/otra.md:{line}: follows: esta línea es de docs/en/guia.md; bórrela: la que toca se escribe sola."
    ]
    change(root, "docs/en/otra.md", **{"from": follows(root) + "\n", "to": ""})
    assert told(root) == []


def better(root: Path) -> list[str]:
    file = root / "findings.json"
    guide("check", root, "--findings", str(file))
    return [one["better"] for one in json.loads(file.read_text("utf-8"))["findings"] if one["better"] is not None]


@pytest.mark.parametrize(
    "file, wrong, right, lines",
    [
        # A citation of another source, or of one fewer, is never offered.
        ("checklists/uno.yml", "[ley-uno]", "[ley-dos]", []),
        ("checklists/uno.yml", "[ley-uno]", "[ley-uno ley-otra]", []),
        ("docs/es/guia.md", "bibliografia.md#ley-uno", "bibliografia.md#ley-nueva", []),
        ("data/bibliography.yml", "id: ley-uno", "id: lei-uno", []),
        # A slip of the pen is.
        ("checklists/uno.yml", "[ley-uno]", "[ley-unno]", ["    sources: [ley-uno]"]),
        ("data/glossary.yml", "see: guia.md", "see: gia.md", ["    see: guia.md#primera"]),
    ],
)
def test_no_button_changes_what_is_said(root: Path, file: str, wrong: str, right: str, lines: list[str]):
    change(root, file, **{"from": wrong, "to": right})
    assert better(root) == lines


HEADING = "## Segunda parte {#segunda}"
WAS = "«Segunda parte» era el apartado «segunda» (enlaces que llevan a él: 4)"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("## Segunda parte {segunda}", "termine el título con {#segunda}, como antes (`make fix` lo hace)."),
        ("## Segunda parte", "termine el título con {#segunda}, como antes (`make fix` lo hace)."),
        (
            "## Segunda parte {#segundo}",
            "vuelva a escribir {#segunda}. Si de todos modos cambia, diga en data/redirects.yml a dónde lleva el anterior.",
        ),
    ],
)
def test_a_heading_that_lost_its_id_is_told_alone(root: Path, written: str, said: str):
    """Whatever leads to it: a page, itself, a list, and other sites."""
    for code in ("es", "en"):
        change(root, f"docs/{code}/index.md", **{"from": "---\n\n", "to": "---\n\n[Más](guia.md#segunda).\n\n"})
        change(root, f"docs/{code}/guia.md", **{"from": "#primera)", "to": "#primera) y la [otra](#segunda)"})
    change(root, "checklists/uno.yml", **{"from": "section: primera", "to": "section: segunda"})
    assert told(root) == []
    change(root, "docs/es/guia.md", **{"from": HEADING, "to": written})
    line = (root / "docs/es/guia.md").read_text("utf-8").splitlines().index(written) + 1
    assert told(root) == [f"docs/es/guia.md:{line}: {WAS}; {said}"]
    if "fix" in said:
        guide("check", root, "--fix")
        assert HEADING in (root / "docs/es/guia.md").read_text("utf-8")


def test_the_one_heading_that_is_new_was_the_one_that_is_gone(root: Path):
    """Where the translation has other headings, which tells its own mistakes."""
    change(root, "docs/en/guia.md", **{"from": "### Detail {#detalle}\n", "to": ""})
    change(root, "docs/es/guia.md", **{"from": HEADING, "to": "## Segunda parte"})
    lost = f"docs/es/guia.md:28: {WAS.replace('4', '1')}; termine el título con {{#segunda}}, como antes (`make fix` lo hace)."
    assert [one for one in told(root) if one.startswith("docs/es/")] == [lost]


def test_two_headings_that_lost_their_ids_are_told_each(root: Path):
    change(root, "docs/es/guia.md", **{"from": HEADING, "to": "## Segunda parte"})
    change(root, "docs/es/guia.md", **{"from": "## Primera parte {#primera}", "to": "## Primera parte"})
    assert [one.split(": ")[1].split(" (")[0] for one in told(root)] == [
        "«Primera parte» era el apartado «primera»",
        "«Segunda parte» era el apartado «segunda»",
    ]


def test_an_id_that_moves_with_a_redirect_may_change(root: Path):
    change(root, "docs/es/guia.md", **{"from": "{#segunda}", "to": "{#despues}"})
    change(root, "docs/en/guia.md", **{"from": "{#segunda}", "to": "{#despues}"})
    for code in ("es", "en"):
        change(root, f"docs/{code}/index.md", **{"from": "#segunda", "to": "#despues"})
    (root / "data/redirects.yml").write_text("redirects:\n  - from: /guia/#segunda\n    to: guia.md#despues\n", "utf-8")
    assert told(root) == []


@pytest.mark.parametrize("code", ["es", "en"])
@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("[Más](guia.md)", "[Más](guiax.md)"),
        ("[Más](guia.md)", "[Más](nada-de-nada.md)"),
        ("[Más](guia.md)", "[Más](/guia/)"),
        ("[Más](guia.md)", "[Más]()"),
        ("[Más](guia.md)", "[Más](www.example.org)"),
        ("[Más](guia.md)", "[Más](ftp://example.org/guia)"),
        ("[Más](guia.md)", "[Más][guia]"),
        ("[Más](guia.md#primera)", "[Más](guia.md#primeraa)"),
        ("[Más](../assets/hoja.pdf)", "[Más](../assets/hojas.pdf)"),
        ("[Más](../assets/hoja.pdf)", "[Más](hoja.pdf)"),
        ("![Una nube](../assets/nube.png)", "![Una nube](../assets/nubes.png)"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_of_its_own_page_alone(root: Path, code: str, link: str, wrong: str):
    (root / "docs/assets").mkdir(exist_ok=True)
    for name in ("hoja.pdf", "nube.png"):
        (root / "docs/assets" / name).write_bytes(b"x")
    for each in ("es", "en"):
        change(root, f"docs/{each}/index.md", **{"from": "---\n\n", "to": f"---\n\n{link.replace('Más', 'Aquí')}.\n\n"})
    before = told(root)
    change(root, f"docs/{code}/index.md", **{"from": link.replace("Más", "Aquí"), "to": wrong.replace("Más", "Aquí")})
    new = [one for one in told(root) if one not in before]
    assert len(new) == 1 and new[0].startswith(f"docs/{code}/index.md:"), new
    assert "falta el enlace" not in new[0] and "sobra" not in new[0]
