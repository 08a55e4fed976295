"""Cleans the HTML of contributors' Markdown: one list of elements, attributes and addresses that may stay.

It is judged on the HTML that Markdown made, as a browser would read it, never on the source: attribute
lists, tags broken over lines and comments that end early all end here. What our own templates write is
put in afterwards and does not pass through this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.reading.icons import SETS

# Each has its look in overrides/assets.
ADMONITIONS = (
    *("caution", "example", "objectives", "reading"),
    # Those that writers know of Material.
    *("abstract", "bug", "danger", "failure", "info", "note", "question", "quote", "success", "tip", "warning"),
)
CLASSES = frozenset(
    {
        *("admonition", "admonition-title", "button", "cards", "door", "doors", "grid", "lead", "map", "shelf"),
        *ADMONITIONS,
    }
)
# What Markdown itself makes of tabs, ticks, icons and notes; nobody has to write them.
_MADE = frozenset(
    {
        *("done", "footnote", "footnote-backref", "footnote-ref", "footnote-title"),
        *("tab", "tabs", "to-do", "to-do-box"),
    }
)
_ICON = re.compile(rf"icon-(?:{'|'.join(SETS)})-[a-z0-9-]{{1,60}}")
# fmt: off
ELEMENTS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn",
    "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
    "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "ul", "var",
})
# fmt: on
_VOID = frozenset({"br", "hr", "img"})
# Ids that a template or a script of the site goes by; the first would take the place of all our scripts.
RESERVED = frozenset(
    {
        "abc",
        "abc-datos",
        "abc-regreso",
        "buscador",
        "buscador-estado",
        "buscador-palabras",
        "buscador-titulo",
        "contenido",
        "en-esta-pagina",
        "explicacion",
        "explicacion-termino",
        "explicacion-texto",
        "explicaciones",
        "search-texts",
    }
)
_DEPTH = 60
# Open tags at one place; real pages have ten, and a parser's time grows with their square.
_MOST_OPEN = 500
# A browser passes over tabs and line breaks in an address and takes a backslash for a slash.
_ADDRESS = re.compile(r"[^\x00-\x1f\x7f-\x9f\\<>\"`\u2028\u2029\ufeff]*")
_SCHEME = re.compile(r"[^/?#]*?:")
_LINKED = re.compile(r"https?://[^/?#]|(?:mailto|tel):.", re.IGNORECASE)
# HTML that every reader, a regular expression too, reads in one way only.
_NAMES = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_PLAIN = re.compile(
    rf"(?:[^<]++|</(?:{_NAMES})>|<!--(?!-?>)(?:(?!--|<!).)*-->"
    rf"|<(?:{_NAMES})(?: [a-z]+=\"[^\"<>]*\")*(?: /)?>)*+",
    re.DOTALL,
)
# What ends a page, a block and a word: nothing before may swallow them, close what is around, or colour what follows.
_END = "data-end"
_ENDS = f"<hr {_END}><wbr {_END}>"
# What may stand around a page's text.
_AROUND = "<section><div><main><article>"
_TAG = re.compile(r"<(/?)([a-z]+[a-z0-9]*)", re.IGNORECASE)
_TWICE = re.compile(r"<[a-z0-9]+[^>]*? ([a-z]+)=\"[^>]* \1=\"")


def _words(*allowed: str) -> Callable[[str], bool]:
    return frozenset(allowed).__contains__


def _shape(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def is_link(address: str) -> bool:
    """Returns whether a page may link to ``address``: web, mail, telephone, or a place of this site."""
    if not _ADDRESS.fullmatch(address) or address.startswith("//"):
        return False
    return not _SCHEME.match(address) or _LINKED.match(address) is not None


def is_own(address: str) -> bool:
    """Returns whether ``address`` is a place of this site."""
    return bool(address) and is_link(address) and not _SCHEME.match(address)


def is_id(id: str) -> bool:
    """Returns whether something on a page may be called ``id``."""
    return re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id) is not None and id not in RESERVED


def is_class(name: str) -> bool:
    return name in CLASSES


_any = lambda value: True  # noqa: E731
_number = _shape(r"\d{1,4}")
_ALWAYS: dict[str, Callable[[str], bool]] = {
    "dir": _words("auto", "ltr", "rtl"),
    "id": is_id,
    "lang": _shape(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    # What is not Markdown inside keeps it.
    "markdown": _words("", "1", "block", "span"),
    "title": _any,
    "translate": _words("yes", "no"),
}
_CELL = {
    "align": _words("left", "center", "right"),
    "colspan": _number,
    "rowspan": _number,
    "style": _shape(r"text-align: (?:left|center|right);"),
}
_OWN: dict[str, dict[str, Callable[[str], bool]]] = {
    "a": {"href": is_link, "hreflang": _ALWAYS["lang"]},
    "blockquote": {"cite": is_link},
    "abbr": {"tabindex": _words("0")},
    "details": {"open": _words("", "open"), "name": _shape(r"tabs-\d{1,3}")},
    "img": {"alt": _any, "height": _number, "loading": _words("lazy"), "src": is_own, "width": _number},
    "li": {"value": _number},
    "ol": {"reversed": _words(""), "start": _number, "type": _words("1", "a", "A", "i", "I")},
    "q": {"cite": is_link},
    "td": _CELL,
    "th": {**_CELL, "scope": _words("col", "colgroup", "row", "rowgroup")},
    "time": {"datetime": _shape(r"[0-9TZ:.+-]{4,35}")},
}


@dataclass(frozen=True, order=True)
class Dropped:
    """Something that may not be on a page.

    ``kind`` is "element", "attribute", "value", "class", "id", "link", "image" or "structure"; the last is
    said of HTML that closes, or leaves open, what is not its own.
    """

    kind: str
    element: str
    attribute: str = ""
    value: str = ""


def clean(html: str) -> tuple[str, tuple[Dropped, ...]]:
    """``html`` with nothing but what the lists above allow, and what was dropped, in order.

    HTML with nothing to drop is given back as it is, letter by letter, unless it is written so that two
    readers may differ about it: then it is written anew.
    """
    if _too_deep(html):
        return "", (Dropped("structure", ""),)
    tree = LexborHTMLParser(f"<!doctype html>{_AROUND}{html}{_ENDS}")
    # A second one of these gives its attributes to the first.
    dropped = [one for name in ("html", "body") for one in _of_outer(name, tree.css_first(name))]
    article = tree.css_first("body > section > div > main > article")
    if article is None:
        return "", (*dropped, Dropped("structure", ""))
    if not _is_closed(article) or not _alone(article):
        dropped.append(Dropped("structure", ""))
    pieces: list[str] = []
    for node in children(article):
        _write(node, pieces, dropped, 0)
    if not dropped and _PLAIN.fullmatch(html) and not _TWICE.search(html):
        return html, ()
    return "".join(pieces), tuple(dropped)


def _of_outer(name: str, node: LexborNode | None) -> list[Dropped]:
    return [Dropped("attribute", name, *one) for one in _attributes(node).items()] if node else []


def _is_end(node: LexborNode) -> bool:
    return node.tag in ("hr", "wbr") and _END in node.attributes


def _is_closed(article: LexborNode) -> bool:
    """Returns whether what marks its end still stands there: HTML that closes what is not its own takes it along."""
    last = article.last_child
    before = last.prev if last is not None else None
    return last is not None and before is not None and _is_end(last) and _is_end(before)


def _alone(article: LexborNode) -> bool:
    """Returns whether nothing stands outside the article."""
    node: LexborNode | None = article
    while node is not None and node.tag != "body":
        if node.next is not None or node.prev is not None:
            return False
        node = node.parent
    return True


def _too_deep(html: str) -> bool:
    depth = 0
    for slash, name in _TAG.findall(html):
        if slash:
            depth = max(0, depth - 1)
        elif name.lower() not in _VOID:
            depth += 1
            if depth > _MOST_OPEN:
                return True
    return False


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _write(node: LexborNode, pieces: list[str], dropped: list[Dropped], depth: int) -> None:
    if node.is_text_node:
        pieces.append(str(escape(node.text_content or "")).replace("&#39;", "'"))
    # Comments say nothing to readers.
    elif node.is_element_node and not _is_end(node):
        _write_element(node, pieces, dropped, depth)


def _write_element(node: LexborNode, pieces: list[str], dropped: list[Dropped], depth: int) -> None:
    tag = node.tag or ""
    if tag not in ELEMENTS or depth > _DEPTH:
        dropped.append(Dropped("element" if tag not in ELEMENTS else "structure", tag))
        return
    pieces.append(f"<{tag}{_kept(node, tag, dropped)}>")
    if tag in _VOID:
        return
    if tag == "pre" and _begins_with_break(node):
        # A browser passes over the first line break.
        pieces.append("\n")
    for child in children(node):
        _write(child, pieces, dropped, depth + 1)
    pieces.append(f"</{tag}>")


def _kept(node: LexborNode, tag: str, dropped: list[Dropped]) -> str:
    """Returns the attributes of an element that stay, as they are written."""
    kept = ((name, _attribute(tag, name, value, dropped)) for name, value in _attributes(node).items())
    return "".join(f' {name}="{escape(value)}"' for name, value in kept if value is not None)


def _begins_with_break(node: LexborNode) -> bool:
    first = node.first_child
    return first is not None and (first.text_content or "").startswith("\n")


def _attribute(tag: str, name: str, value: str, dropped: list[Dropped]) -> str | None:
    """Returns what stays of an attribute's value; None where the attribute goes."""
    if name == "class":
        return _classes(tag, value, dropped)
    allowed = _OWN.get(tag, {}).get(name) or _ALWAYS.get(name)
    if allowed is None:
        dropped.append(Dropped("attribute", tag, name, value))
    elif not allowed(value):
        kind = {"href": "link", "cite": "link", "src": "image", "id": "id"}.get(name, "value")
        dropped.append(Dropped(kind, tag, name, value))
    else:
        return value
    return None


def _classes(tag: str, value: str, dropped: list[Dropped]) -> str | None:
    kept = []
    for one in value.split():
        if one in CLASSES or one in _MADE or _is_of(tag, one):
            kept.append(one)
        else:
            dropped.append(Dropped("class", tag, "class", one))
    return " ".join(kept) or None


def _is_of(tag: str, name: str) -> bool:
    """Returns whether a class says what code, or an icon, an element is."""
    if tag == "i":
        return _ICON.fullmatch(name) is not None
    return tag == "code" and re.fullmatch(r"language-[a-z0-9+-]{1,20}", name) is not None
