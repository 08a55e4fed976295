"""Reads whether this may be signed, a tree of questions, ``data/signing.yml``: every answer leads to a later question or to an end.

An end says what to do. What the law asks stands with its article, as ``sources`` of a question or of an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import SIGNING_PAGE
from guide.reading.entries import Known, check_link, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Choice, Context, Found, Identifier, ListOf, Reference, Text, Texts, Translated
from guide.reading.shapes import Default, list_of, make, shape_of

SOURCE = "data/signing.yml"

# What an end says: do not sign, not yet, sign. Each has a shape and is named in the locales.
TONES = ("stop", "wait", "go")


@dataclass(frozen=True)
class Cited:
    """A source, and where in it."""

    source: Annotated[str, Reference("source")]
    where: Annotated[Translated | None, Texts()]


@dataclass(frozen=True)
class Answer:
    """An answer, what to do before going on, and the id of the question or end it leads to."""

    text: Annotated[Translated, Texts()]
    do: Annotated[Translated | None, Texts()]
    to: Annotated[str, Identifier()]


@dataclass(frozen=True)
class Question:
    """A question, in the order they are asked; ``why`` says what depends on it."""

    id: Annotated[str, Identifier()]
    question: Annotated[Translated, Texts()]
    why: Annotated[Translated, Texts()]
    sources: Annotated[tuple[Cited, ...], list_of(Cited)]
    answers: Annotated[tuple[Answer, ...], list_of(Answer, least=2)]


@dataclass(frozen=True)
class End:
    """Where a path ends, and what to do there; ``see`` is ``page.md#heading``."""

    id: Annotated[str, Identifier()]
    tone: Annotated[str, Choice(TONES)]
    title: Annotated[Translated, Texts()]
    text: Annotated[Translated, Texts()]
    sources: Annotated[tuple[Cited, ...], list_of(Cited), Default(())]
    contacts: Annotated[tuple[str, ...], ListOf(Reference("contact")), Default(())]
    see: Annotated[str | None, Text()]


@dataclass(frozen=True)
class Signing:
    """The questions in their order, and the ends."""

    questions: Annotated[tuple[Question, ...], list_of(Question)] = ()
    ends: Annotated[tuple[End, ...], list_of(End)] = ()


def read(project: Project, problems: Problems, known: Known) -> Signing:
    """Returns the tree; nothing where there is no such file, or with any mistake anywhere.

    ``known`` holds the ids of sources and contacts, pages and sections.
    """
    if not (project.root / SOURCE).is_file():
        return Signing()
    found = read_file(project, SOURCE, shape_of(Signing), problems, known)
    context = Context.of(project, SOURCE, problems, known)
    steps = [*placed(SOURCE, "questions", found["questions"]), *placed(SOURCE, "ends", found["ends"])]
    unique_ids(steps, problems)
    if found["questions"] is not None and found["ends"] is not None:
        _check_steps(found, context)
    for place, end in enumerate(found["ends"] or [], 1):
        if end["see"]:
            check_link(end["see"], end.lines["see"], f"ends.{place}.see", context)
    if len(problems):
        return Signing()
    return make(Signing, found)


def _check_steps(found: Found, context: Context) -> None:
    """Every answer leads on, never back, and every step is reached."""
    _check_answers(found, context)
    # Answers that cannot be read may lead anywhere.
    if all(one["answers"] for one in found["questions"]):
        _check_reached(found, context)


def _check_answers(found: Found, context: Context) -> None:
    """Every answer leads to a step there is, and none back."""
    questions = [one["id"] for one in found["questions"]]
    steps = {id for id in (*questions, *(one["id"] for one in found["ends"])) if id}
    for key, place, answer in _answers(found):
        to = answer["to"]
        if to is None:
            continue
        if to not in steps:
            context.unknown(answer.lines["to"], key, "unknown_step", to, steps)
        elif to in questions and questions.index(to) <= place:
            context.problem(answer.lines["to"], key, "step_backwards", value=to)


def _check_reached(found: Found, context: Context) -> None:
    """Every step but the first question is where some answer leads."""
    reached = {found["questions"][0]["id"], *(answer["to"] for _, _, answer in _answers(found))}
    for name in ("questions", "ends"):
        for place, one in enumerate(found[name], 1):
            if one["id"] and one["id"] not in reached:
                context.problem(one.lines["id"], f"{name}.{place}.id", "step_unreached", value=one["id"])


def _answers(found: Found) -> Iterator[tuple[str, int, Found]]:
    """Yields the key of every answer's ``to``, the place of its question from 0, and the answer."""
    for place, question in enumerate(found["questions"]):
        for below, answer in enumerate(question["answers"] or [], 1):
            yield f"questions.{place + 1}.answers.{below}.to", place, answer


KINDS = (FileKind("signing", SOURCE, shape_of(Signing), page=SIGNING_PAGE),)
