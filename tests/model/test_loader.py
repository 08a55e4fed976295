"""What the loader says of right and wrong files, and that no input whatever is a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.model.content import load
from guide.pages.assessment import AssessmentWriter
from guide.reading.problems import ContentError
from guide.reading.project import open_texts
from guide.reading.schema import short
from tests.conftest import CASE_FILES, ROOT, copy_small_project, open_again

pytestmark = pytest.mark.usefixtures("keeping")
CASES = yaml.safe_load((CASE_FILES / "loader-cases.yml").read_text("utf-8"))
CHECKLIST = (ROOT / "tests/project/checklists/uno.yml").read_text("utf-8")


def sentences(root: Path) -> list[str]:
    """What an author is told of the project at ``root``."""
    project = open_again(root)
    try:
        load(project)
    except ContentError as error:
        return error.problems.report(open_texts(project, "es")).splitlines()
    return []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    copy_small_project(root)
    return root


def change(root: Path, file: str = "checklists/uno.yml", **how) -> None:
    path = root / file
    if "remove" in how:
        path.unlink()
    elif "text" in how:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(how["text"], "utf-8")
    elif "copy" in how:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / how["copy"], path)
    else:
        text = path.read_text("utf-8")
        assert how["from"] in text, f"the case no longer fits: {how['from']!r}"
        path.write_text(text.replace(how["from"], how["to"], 1), "utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_author_is_told_every_mistake_where_it_is(project: Path, case: dict):
    for one in case["changes"]:
        change(project, **one)
    told = sentences(project)
    if "third language" in case["name"]:
        # The site's own scale and labels have no third language; the tools' files say it as the others do.
        quiet = ("data/scale.yml", "data/catalogue.yml", "data/selection.yml", "data/twinning.yml")
        told = [line for line in told if not line.startswith(quiet)]
    assert told == case["expect"]


def test_a_retired_criterion_keeps_its_id_out_of_use(project: Path):
    retired = "retired:\n  - id: uno-01\n    statement: {es: a, en: b}\n    reason: {es: c, en: d}\n"
    change(project, **{"from": "criteria:\n", "to": retired + "criteria:\n"})
    assert sentences(project) == [
        "checklists/uno.yml:15: retired.1.id: el identificador «uno-01» ya se usa en "
        "checklists/uno.yml:19; cada uno es único para siempre."
    ]


def test_defaults_of_a_criterion(project: Path):
    for line in (
        "    weight: 2\n",
        "    quick: true\n",
        "    review: annual\n",
        "    section: primera\n",
        "chapter: guia.md\n",
    ):
        change(project, **{"from": line, "to": ""})
    (checklist,) = load(open_again(project)).checklists
    (criterion,) = checklist.criteria
    assert (criterion.weight, criterion.quick, criterion.critical) == (1, False, None)
    assert (criterion.review, criterion.section, criterion.not_applicable) == ("once", None, None)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe\x00",
        b"",
        b"version: \x00",
        b"[" * 100_000,
        b"- " * 60_000,
        b"".join(b" " * depth + b"a:\n" for depth in range(1500)),
        b"a: &a [*a]\n",
        b"a: &a {b: *a}\ntitle: *a\n",
        b"? [1, 2]\n: 3\n",
        b"!!python/object/apply:os.system [ls]\n",
        b"--- 1\n--- 2\n",
        b"version: " + b"9" * 5000,
        b"version: 0x7fffffffffff\n",
        b"version: .nan\n",
        b"<<: {version: 1}\n",
        b"x" * 3_000_000,
    ],
)
def test_hostile_files_get_a_sentence(project: Path, raw: bytes):
    (project / "checklists/uno.yml").write_bytes(raw)
    told = sentences(project)
    assert told and all(line.startswith("checklists/uno.yml") for line in told)


def test_depth_by_indentation_is_told_as_depth(project: Path):
    lines = [" " * depth + "a:\n" for depth in range(1500)]
    (project / "checklists/uno.yml").write_text("".join(lines), "utf-8")
    assert "hay más de 50 niveles, unos dentro de otros; revise la sangría y los corchetes." in sentences(project)[0]


@pytest.mark.parametrize("length, end", [(59, "x"), (60, "x"), (61, "…"), (500, "…")])
def test_a_value_is_shown_as_far_as_it_fits(length: int, end: str):
    shown = short("x" * length)
    assert shown == "x" * min(length, 60 if end == "x" else 59) + ("" if end == "x" else "…")


def test_blanks_are_named_in_the_order_of_the_alphabet(project: Path):
    wanted = "{accent}, {base}, {count}, {delta}, {end}"
    for code in ("es", "en"):
        change(project, f"locales/{code}.yml", **{"from": "\nproblems:\n", "to": f'\nproblems:\n  x: "{wanted}"\n'})
    change(project, "locales/en.yml", **{"from": wanted, "to": "none"})
    (told,) = sentences(project)
    assert told.endswith(f"problems.x: el texto debe llevar exactamente estos huecos, tal cual: {wanted}.")


FRAGMENTS = st.sampled_from(
    ["- ", "{", "}", "[", "]", ": ", "&a ", "*a", "!!int ", "|\n", ">", "'", '"', "\t", "no", "~", "%"]
) | st.text(max_size=8)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_damaged_anywhere_is_never_a_traceback(project: Path, data: st.DataObject):
    text = CHECKLIST
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(FRAGMENTS) + text[end:]
    (project / "checklists/uno.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    sentences(project)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=200),
    file=st.sampled_from(
        ["checklists/uno.yml", "data/bibliography.yml", "data/published-ids.yml", "data/scale.yml", "data/glossary.yml"]
    ),
)
def test_any_bytes_are_never_a_traceback(project: Path, raw: bytes, file: str):
    before = (project / file).read_bytes()
    (project / file).write_bytes(raw)
    try:
        sentences(project)
    finally:
        (project / file).write_bytes(before)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_at_any_place_is_told_or_right(project: Path, data: st.DataObject):
    document = yaml.safe_load(CHECKLIST)
    place = data.draw(st.sampled_from(list(_places(document))))
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = data.draw(VALUES)
    (project / "checklists/uno.yml").write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    told = sentences(project)
    assert all(line.startswith(("checklists/uno.yml", "data/published-ids.yml")) for line in told)
    if not told:
        opened = open_again(project)
        content = load(opened)
        for code in opened.codes:
            writer = AssessmentWriter(content, open_texts(opened, code), lambda target: target)
            assert writer.checklist(content.checklists[0]).title == document["title"][code].strip()


def _places(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, (*path, key))
