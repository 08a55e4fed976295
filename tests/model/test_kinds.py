"""Any value at any place, and any key missing, of a file of every kind: a sentence, never a traceback."""

from __future__ import annotations

import copy
import datetime
import itertools
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import babel
import pytest
import yaml

from guide.checks import check
from guide.model.kinds import file_kinds
from guide.reading import schema
from guide.reading.project import open_project
from tests.authoring.test_command import run as guide
from tests.checks.test_check import build_project
from tests.conftest import ROOT
from tests.model.test_course import write as write_module
from tests.model.test_office_templates import GOOD
from tools import plain_yaml

pytestmark = pytest.mark.usefixtures("keeping")
SETTINGS = "mkdocs.yml"
# So many runs, each with one place of every file wrong; the locale's are drawn.
RUNS = 20

VALUES: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**20, float("nan"), "", " ", "es", "uno-01", "no hay", "a\\1b\\g<0>", "\x1b[31m",
    "ñ" * 3000, "{es}", "[a](b.md#c)", "x" * 70 + ".md", datetime.date(2026, 1, 31), [], {}, [None], [[]], [{}], ["uno"],
    ["uno", "uno"], {"es": 1}, {"es": "a", "en": ["b"]}, {"id": None}, {1: 2}, {"en": "b", "pt": "c"}, [{"id": "uno"}] * 2,
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a file of every kind, and nothing wrong."""
    root = build_project(tmp_path_factory.mktemp("kinds") / "project")
    for kind, name in (("networks", "red"), ("practices", "obra"), ("contacts", "contacto"), ("states", "estado")):
        (root / kind).mkdir()
        shutil.copy(ROOT / f"tests/entries/{name}.yml", root / kind)
    (root / "states/estado.yml").rename(root / "states/jal.yml")
    text = {"es": "Uno.", "en": "One."}
    (root / "course").mkdir()
    module = {
        "title": text, "short": text, "summary": text, "minutes": [2400, 1200, 480],
        "objectives": [{"level": "apply", "text": text}],
        "path": [{"page": "guia.md", "title": text, "minutes": [400, 200, 80]}, {"checklist": "uno", "minutes": [0, 0, 0]}],
        "activities": [
            {
                "id": "hacer", "title": text, "grouping": "pairs", "materials": [text],
                "steps": [{"minutes": [1000, 500, 200], "text": text} for _ in range(2)],
                "handout": [text], "key": [text], "deliver": text, "look_for": [text],
            }
        ],
        "assessment": [text], "notes": [text], "rubric": [{"criterion": text, "levels": [text] * 4, "points": [25, 50, 75, 100]}],
        "questions": [
            {"id": "modulo-0-01", "question": text, "answer": text},
            {
                "id": "modulo-0-02", "kind": "choice", "question": text, "answer": text,
                "options": [{"text": text, "right": True}, {"text": text, "feedback": text}, {"text": text}],
            },
            {"id": "modulo-0-03", "kind": "true_false", "question": text, "right": False, "answer": text},
            {
                "id": "modulo-0-04", "kind": "match", "question": text, "answer": text,
                "pairs": [{"item": text, "match": text}] * 3,
            },
        ],
    }  # fmt: skip
    write_module(root, module)
    texts = "".join(f"    {key}:\n      es: Uno\n      en: One\n" for key in ("title", "purpose", "when"))
    for code in ("es", "en"):
        (root / f"formats/{code}").mkdir(parents=True)
        (root / f"formats/{code}/uno.md").write_text(GOOD, "utf-8")
    (root / "formats/formats.yml").write_text(
        f'formats:\n  - id: uno\n{texts}    page: guia.md\n    revised: "2026-11-25"\n', "utf-8"
    )
    (root / "figures").mkdir()
    figure = {
        "title": text, "alternative": text, "note": text, "sources": ["ley-uno"],
        "timeline": {
            "start": 0, "end": 4, "ticks": [{"at": 0, "name": text}, {"at": 4, "name": text}],
            "rows": [{"name": text, "note": text, "spans": [{"start": 1, "end": 2, "kind": "wait"}], "points": [3],
                      "dates": [{"month": 2, "day": 1}]}] * 2,
        },
    }  # fmt: skip
    (root / "figures/uno.yml").write_text(plain_yaml.dump(figure), "utf-8")
    (root / "data/redirects.yml").write_text("redirects:\n  - from: /vieja/\n    to: guia.md#primera\n", "utf-8")
    (root / "data/search.yml").write_text(
        "words:\n  - typed: { es: [hermanamiento], en: [twin town] }\n    means: { es: acuerdo, en: agreement }\n"
        "    see: guia.md#primera\nignored: { es: [de], en: [of] }\n",
        "utf-8",
    )
    tree = (ROOT / "tests/entries/firma.yml").read_text("utf-8")
    (root / "data/signing.yml").write_text(tree.replace("[oficina]", "[contacto]"), "utf-8")
    journey = (ROOT / "tests/entries/camino.yml").read_text("utf-8")
    (root / "data/journey.yml").write_text(journey.replace("[oficina]", "[contacto]"), "utf-8")
    shutil.copy(ROOT / "tests/entries/registro.yml", root / "data/register.yml")
    shutil.copy(ROOT / "tests/entries/correspondencia.yml", root / "data/crosswalk.yml")
    found = check(open_project(root))
    assert list(found.errors) == [] and found.content is not None
    return root


def files(root: Path) -> list[str]:
    """One file of every kind there is, and the settings."""
    project = open_project(root)
    firsts = [next(kind.paths(project)).relative_to(root).as_posix() for kind in file_kinds(project)]
    return [*firsts, SETTINGS]


def read(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)


def places(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Every place in ``value``; of the entries of a list, those of the first two."""
    items = value.items() if isinstance(value, dict) else enumerate(value[:2])
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def wrong(document: Any, place: tuple, chance: random.Random) -> Any:
    """``document`` with another value at ``place``, or without its key, or with the key called otherwise."""
    document = copy.deepcopy(document)
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    how = chance.random()
    if how < 0.15:
        del inner[place[-1]]
    elif how < 0.25 and isinstance(inner, dict):
        inner[chance.choice([f"{place[-1]}s", 7, None, "a\\1"])] = inner.pop(place[-1])
    else:
        inner[place[-1]] = chance.choice(VALUES)
    return document


def told(root: Path) -> int:
    """Everything whoever checks does with ``root``; gives the exit code."""
    done = guide("check", root, "--findings", str(root / "findings.json"), "--annotations", ABC_LANG="es")
    assert done.returncode in (0, 1)
    assert not set(map(chr, range(32))) - {"\n"} & set(done.stdout + done.stderr), "a control character"
    found = json.loads((root / "findings.json").read_text("utf-8"))["findings"]
    # What stops the check is said.
    assert done.returncode == 0 or done.stderr.strip()
    assert done.returncode == (1 if any(one["level"] == "error" for one in found) else 0)
    return done.returncode


def tried(root: Path, changed: dict[str, Any]) -> int:
    before = {file: (root / file).read_bytes() for file in changed}
    try:
        for file, document in changed.items():
            (root / file).write_text(plain_yaml.dump(document), "utf-8")
        return told(root)
    finally:
        for file, text in before.items():
            (root / file).write_bytes(text)


def test_every_kind_is_tried(whole: Path):
    assert len(files(whole)) == len(file_kinds(open_project(whole))) + 1


def test_any_value_at_any_place_of_all_kinds_at_once(whole: Path):
    chance = random.Random("all")
    documents = {file: read(whole / file) for file in files(whole) if file != SETTINGS}
    drawn = {}
    for file, document in documents.items():
        found = list(places(document))
        chance.shuffle(found)
        drawn[file] = itertools.cycle(found)
    for number in range(RUNS):
        # With a language's words wrong, some checks are not made: only now and then.
        taken = [file for file in documents if number % 8 == 0 or not file.startswith("locales/")]
        chosen = {file: next(drawn[file]) for file in taken}
        try:
            tried(whole, {file: wrong(documents[file], place, chance) for file, place in chosen.items()})
        except BaseException as error:
            error.add_note(f"run {number}: {chosen}")
            raise


@pytest.mark.parametrize("number", range(20))
def test_any_value_at_any_place_of_one_file(whole: Path, number: int):
    file = files(whole)[number]
    chance = random.Random(file)
    document = read(whole / file)
    found = list(places(document))
    for place in chance.sample(found, min(3, len(found))):
        changed = wrong(document, place, chance)
        try:
            tried(whole, {file: changed})
        except BaseException as error:
            error.add_note(f"{file}: {place}")
            raise


def test_codes_of_languages_are_those_of_the_standard():
    """CLDR names every one of two letters; it has “sh” still and “bh” no longer, which are no single language."""
    theirs = {code for code in babel.Locale("en").languages if len(code) == 2}
    assert schema._LANGUAGES - {"bh"} == theirs - {"sh"}
