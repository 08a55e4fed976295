"""Gives what extensions of Markdown make of a page the forms of this site.

Tabs become parts that open and close without scripts, ticks of a list words that can be heard, icons places for
drawings, boxes that fold look like those that do not. It works on the tree that Markdown made of its own marks: HTML
that somebody wrote into a page never passes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import escape

from guide.reading.icons import PLACE, svg
from guide.reading.markdown import without_code
from guide.reading.texts import fill

# The class of a place for an icon, before its name.
ICON = "icon-"
_TICK = re.compile(r"\[(?P<done>[ xX])\] +")
_ICON = re.compile(rf'<i class="{ICON}([a-z0-9-]+)"></i>')
_HIDDEN = '<span class="visually-hidden">{}</span>'
# The places for words, and what stands there with them.
_PLACES = {
    '<span class="to-do-box"></span>': f'<span class="to-do-box">{_HIDDEN.format("{to_do}: ")}</span>',
    '<span class="to-do-box done"></span>': f'<span class="to-do-box done">{_HIDDEN.format("{done}: ")}</span>',
    '<p class="footnote-title"></p>': '<p class="footnote-title">{notes}</p>',
    "↩\u200b": f"↩{_HIDDEN.format(' {back}')}",
}
# After everything else of Python-Markdown that makes or names elements, before what it wrote in code is put back.
_LAST = 3
# Before the extension that makes boxes to tick, which are forms.
_BEFORE_TICKS = 26
_BEFORE_LINKS = 165


class Forms(Extension):
    """Makes them of the tree, and leaves a place for every word that nobody wrote: ``filled`` puts it there."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Ticks(md), "abc-ticks", _BEFORE_TICKS)
        md.treeprocessors.register(_Forms(md), "abc-forms", _LAST)
        md.inlinePatterns.register(_Icons(PLACE.pattern, md), "abc-icons", _BEFORE_LINKS)


def icons_in_markdown(text: str) -> str:
    """Returns the Markdown of a page with its icons drawn, for engines that do not know them; code is passed over."""
    out, at = [], 0
    for match in PLACE.finditer(without_code(text)) if ":" in text else ():
        if drawn := svg(match["icon"]):
            out += [text[at : match.start()], drawn]
            at = match.end()
    return "".join([*out, text[at:]])


def filled(html: str, words: Mapping[str, str]) -> str:
    """A page's HTML, once it is cleaned, with its icons drawn and with what is said beside ticks and notes.

    Texts for whoever hears the page are put in here: no class that hides anything is for writers.
    """
    html = _ICON.sub(lambda match: svg(match[1]) or "", html) if ICON in html else html
    said = {name: str(escape(text)) for name, text in words.items()}
    for place, made in _PLACES.items():
        html = html.replace(place, fill(made, said)) if place in html else html
    return html


class _Icons(InlineProcessor):
    """A place for each icon there is; any other name stays as it is written, and the check tells of it."""

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:
        if svg(match["icon"]) is None:
            return None, None, None
        return Element("i", {"class": ICON + match["icon"]}), match.start(0), match.end(0)


class _Ticks(Treeprocessor):
    """Lists of what is to be done: a box that is empty or ticked, and the same in words."""

    def run(self, root: Element) -> None:
        for listed in root.iter():
            if listed.tag in ("ul", "ol") and [one for one in listed if self._ticked(one)]:
                listed.set("class", "to-do")

    def _ticked(self, item: Element) -> bool:
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        match = _TICK.match((first.text or "").lstrip()) if item.tag == "li" else None
        if match is None:
            return False
        tick = Element("span", {"class": "to-do-box" if match["done"] == " " else "to-do-box done"})
        tick.tail = (first.text or "").lstrip()[match.end() :]
        first.text = ""
        first.insert(0, tick)
        return True


class _Forms(Treeprocessor):
    def run(self, root: Element) -> None:
        # What stands in a link is reached with it.
        linked = {inner for link in root.iter("a") for inner in link.iter("abbr")}
        explained: set[str] = set()
        for number, tabs in enumerate(_of_class(root, "tabbed-set"), 1):
            _fold_tabs(tabs, number)
        for one in root.iter():
            if one.tag == "details" and one.get("class"):
                one.set("class", f"admonition {one.get('class')}")
                one[0].set("class", "admonition-title")
            elif one.tag == "abbr" and one not in linked and (one.text or "") not in explained:
                # The first one can be opened by a finger or the keyboard, and is written out on paper.
                explained.add(one.text or "")
                one.set("tabindex", "0")
        for notes in _of_class(root, "footnote"):
            notes[0].tag = "p"
            notes[0].set("class", "footnote-title")
            for back in _of_class(notes, "footnote-backref"):
                back.attrib.pop("title", None)
                back.text = "↩\u200b"


def _of_class(root: Element, name: str) -> Iterator[Element]:
    return (one for one in list(root.iter()) if name in one.get("class", "").split())


def _fold_tabs(tabs: Element, number: int) -> None:
    """Tabs as folds of one name, of which a browser shows one at a time: they need no scripts and print open."""
    labels = [label for below in tabs if below.get("class") == "tabbed-labels" for label in below]
    blocks = [block for below in tabs if below.get("class") == "tabbed-content" for block in below]
    chosen = [one.get("checked") is not None for one in tabs if one.tag == "input"]
    tabs.attrib.clear()
    tabs.set("class", "tabs")
    for child in list(tabs):
        tabs.remove(child)
    for label, block, is_open in zip(labels, blocks, chosen, strict=True):
        fold = Element("details", {"name": f"tabs-{number}", **({"open": "open"} if is_open else {})})
        label.tag, block.tag = "summary", "div"
        label.attrib.clear()
        label.tail = None
        block.attrib.clear()
        block.set("class", "tab")
        fold.extend([label, block])
        tabs.append(fold)
