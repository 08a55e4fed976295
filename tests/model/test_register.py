"""What the register of agreements notes: an author is told every mistake, and nothing that people kept is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.model.content import Content
from tests.conftest import copy_with_entries
from tests.model.test_loader import change, sentences


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with a register."""
    return copy_with_entries(tmp_path / "project", registro="data/register.yml")


def test_a_register_may_say_what_it_says(small: Path):
    assert sentences(small) == []


@pytest.mark.parametrize(
    "old, new, place, told",
    [
        ("kind: choice", "kind: text", "groups.1.fields.2.choices", "choices"),
        ("kind: text", "kind: choice", "groups.1.fields.1.choices", "choices"),
        ("id: kind\n", "id: partner\n", "groups.1.fields.2.id", "partner"),
        ("id: private", "id: twinning", "groups.1.fields.2.choices.2.id", "twinning"),
        ("criterion: uno-01", "criterion: uno-99", "proofs.1.criterion", "uno-99"),
        ("[ley-uno]", "[ley-nueve]", "sources", "ley-nueve"),
    ],
)
def test_an_author_is_told_what_is_wrong_and_where(small: Path, old: str, new: str, place: str, told: str):
    change(small, **{"file": "data/register.yml", "from": old, "to": new})
    (sentence,) = sentences(small)
    assert place in sentence and told in sentence and sentence.startswith("data/register.yml")


def test_a_field_that_was_published_is_never_lost(small: Path):
    with (small / "data/published-ids.yml").open("a", encoding="utf-8") as file:
        file.write("register:\n  - partner\n  - firmante\n")
    (told,) = sentences(small)
    assert "register.firmante" in told and "data/register.yml" in told


def test_no_two_fields_have_the_same_title(content: Content):
    """By its title a column is told from the others, in each language."""
    for code in ("es", "en"):
        labels = [one.label[code].casefold() for one in content.register.fields]
        assert len(set(labels)) == len(labels)
        for field in content.register.fields:
            names = [one.name[code].casefold() for one in field.choices]
            assert len(set(names)) == len(names)
