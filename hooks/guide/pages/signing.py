"""Writes the page “May this be signed?”: the tree of questions as a list, and as a picture of the same words.

The picture is drawn for the width of a phone: questions one under another, each end beside the answer that leads to
it. Its words are text, broken into lines by a guess of their width.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from guide.model.signing import TONES, Answer, End
from guide.model.site_pages import BIBLIOGRAPHY_PAGE, CONTACTS_PAGE
from guide.pages.writer import Page, Writer
from guide.reading import inline_markdown
from guide.reading.schema import Translated
from guide.reading.texts import fill

WIDTH = 340
_LINE = 19
_PAD = 11
_INDENT = 34
# Letters on a line of the size that the style sheet gives them, by how wide they are at most.
_QUESTION, _LABEL, _END = 36, 38, 30


@dataclass(frozen=True)
class _Row:
    """What stands at one height of the picture."""

    markup: str
    height: int


class SigningWriter(Writer):
    """Writes the page of the tree."""

    def signing(self) -> Page:
        words, tree = self.texts["signing"], self.content.signing
        numbers = {one.id: number for number, one in enumerate(tree.questions, 1)}
        html = self._render(
            "signing.html.jinja",
            words=words,
            tree=tree,
            numbers=numbers,
            ends={one.id: one for one in tree.ends},
            contacts={one.id: one for one in self.content.contacts},
            contacts_page=CONTACTS_PAGE,
            cited=self.content.sources,
            bibliography=BIBLIOGRAPHY_PAGE,
            picture=Markup(self._picture()),
        )
        headings = [("dibujo", words["picture"]), ("preguntas", words["questions"])]
        headings += [(one.id, self._say(one.question)) for one in tree.questions]
        headings.append(("finales", words["ends"]))
        headings += [(one.id, self._say(one.title)) for one in tree.ends]
        entries = [("", words["title"], words["description"])]
        said = [(one.id, one.question, one.why) for one in tree.questions]
        said += [(one.id, one.title, one.text) for one in tree.ends]
        entries += [(id, self._say(title), self._plain(text)) for id, title, text in said]
        return Page(words["title"], words["short"], words["description"], html, tuple(headings), tuple(entries))

    def _picture(self) -> str:
        """Returns the tree as SVG."""
        words = self.texts["signing"]
        rows = list(self._rows())
        out, top = [], 1
        for row in rows:
            out.append(f'<g transform="translate(0 {top})">{row.markup}</g>')
            top += row.height
        label = escape(words["picture_label"])
        return (
            f'<svg class="tree" viewBox="0 0 {WIDTH} {top + 1}" role="img" aria-label="{label}" '
            f'aria-describedby="dibujo-texto" focusable="false">{"".join(out)}</svg>'
        )

    def _rows(self) -> Iterator[_Row]:
        tree = self.content.signing
        ends = {one.id: one for one in tree.ends}
        for place, one in enumerate(tree.questions):
            yield _box(f"{place + 1}. {self._plain(one.question)}")
            after = tree.questions[place + 1].id if place + 1 < len(tree.questions) else None
            # What goes on, or lets one sign, stands last, beside its arrow.
            good = {after, *(end.id for end in tree.ends if end.tone == "go")}
            answers = sorted(one.answers, key=lambda answer: answer.to in good)
            for answer in answers:
                if answer.to in ends:
                    yield self._to_end(answer, ends[answer.to], last=answer is answers[-1])
                elif answer.to == after:
                    yield _arrow(self._plain(answer.text), last=answer is answers[-1])
                else:
                    yield self._to_question(answer)

    def _to_end(self, answer: Answer, end: End, *, last: bool) -> _Row:
        label = _lines(self._plain(answer.text), _LABEL)
        title = _lines(self._plain(end.title), _END)
        top = len(label) * _LINE + 11
        height = len(title) * _LINE + 2 * _PAD - 4
        middle = top + height // 2
        spine = middle if last else top + height + 10
        markup = (
            f'<path class="tree-line" d="M14 0V{spine}M14 {middle}H{_INDENT}"/>'
            + _text(label, _INDENT - 8, 18, "tree-answer")
            + f'<rect class="tree-end tree-{end.tone}" x="{_INDENT}" y="{top}" width="{WIDTH - _INDENT - 1}" '
            f'height="{height}" rx="{height // 2 if end.tone == "go" else 3}"/>'
            + _shape(end.tone, _INDENT + 17, middle)
            + _text(title, _INDENT + 36, top + _PAD + 11, "tree-title")
        )
        return _Row(markup, top + height + 10)

    def _to_question(self, answer: Answer) -> _Row:
        tree = self.content.signing
        number = next(place for place, one in enumerate(tree.questions, 1) if one.id == answer.to)
        there = fill(self.texts["signing"]["go_on"], {"number": number})
        label = _lines(f"{self._plain(answer.text)} → {there}", _LABEL)
        height = len(label) * _LINE + 14
        return _Row(
            f'<path class="tree-line" d="M14 0V{height}"/>' + _text(label, _INDENT - 8, 18, "tree-answer"), height
        )

    def _plain(self, text: Translated) -> str:
        return inline_markdown.plain(self._say(text))


def _box(text: str) -> _Row:
    lines = _lines(text, _QUESTION)
    height = len(lines) * _LINE + 2 * _PAD
    box = f'<rect class="tree-question" x="1" y="0" width="{WIDTH - 2}" height="{height}" rx="8"/>'
    return _Row(box + _text(lines, 14, _PAD + 14, "tree-title"), height)


def _arrow(text: str, *, last: bool) -> _Row:
    lines = _lines(text, _LABEL)
    height = max(len(lines) * _LINE + 14, 34)
    head = f"V{height - 2}M9 {height - 8}l5 6 5-6" if last else f"V{height}"
    path = f'<path class="tree-line" d="M14 0{head}"/>'
    return _Row(path + _text(lines, _INDENT - 8, 19, "tree-answer"), height)


def _shape(tone: str, x: int, y: int) -> str:
    """Returns a cross, a pause or a tick: colour never stands alone."""
    path = {
        TONES[0]: f"M{x - 5} {y - 5}l10 10M{x + 5} {y - 5}l-10 10",
        TONES[1]: f"M{x - 4} {y - 6}v12M{x + 4} {y - 6}v12",
        TONES[2]: f"M{x - 6} {y}l4 5 8-10",
    }[tone]
    return f'<path class="tree-shape" d="{path}"/>'


def _lines(text: str, most: int) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), most, break_on_hyphens=False)


def _text(lines: list[str], x: int, y: int, kind: str) -> str:
    spans = "".join(
        f'<tspan x="{x}" y="{y + place * _LINE}">{escape(line)}</tspan>' for place, line in enumerate(lines)
    )
    return f'<text class="{kind}">{spans}</text>'
