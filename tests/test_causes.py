"""One cause is one mistake, where git tells what there was before; and what git alone can tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_check import build_project
from tests.test_command import run as guide
from tests.test_freshness import git
from tests.test_loader import change

PUBLISHED = "data/published-ids.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The test project, published and committed, on a branch of its own."""
    root = build_project(tmp_path / "project")
    guide("check", root, "--fix")
    guide("ids", root)
    guide("reviewed", root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    git(root, "checkout", "-qb", "proposal")
    return root


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
        "data/published-pages.txt:15: «/guia/» se llama ahora «manual.md»; agregue la redirección a data/redirects.yml: "
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
