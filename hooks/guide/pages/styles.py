"""Joins the sheets of ``overrides/styles/`` to one style sheet for each kind of page.

A folder of it is a layer: what stands in a later one wins, however exactly an earlier one names its element. So
``state/`` and ``print/`` need no ``!important`` and no longer selectors than what they change. What stands in
``print/`` holds on paper alone, without saying so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from guide.reading.colours import read_colours

FOLDER = Path(__file__).parents[3] / "overrides/styles"
LAYERS = ("base", "part", "page", "state", "print")
# What every page has.
_EVERY = (
    "base/colours",
    "base/areas",
    "base/measures",
    "base/faces",
    "base/elements",
    "base/scripts",
    "base/text",
    "base/fields",
    "part/shapes",
    "part/buttons",
    "part/masthead",
    "part/layout",
    "part/ways",
    "part/asides",
    "part/tags",
    "part/meter",
    "part/cards",
    "part/dialog",
    "part/search",
    "part/footer",
    "part/explanation",
    "state/embed",
    "state/forced-colours",
    "print/every",
    "print/council",
)
# Where somebody answers.
_ASSESSMENT = (
    "part/documents",
    "part/lights",
    "part/light-bar",
    "part/path",
    "part/options",
    "part/choice",
    "part/criterion",
    "part/one-by-one",
    "part/record",
    "part/results",
    "part/result-bar",
    "part/toast",
    "part/file-dialogs",
    "page/assessment",
    "page/criteria-map",
    "page/assessments",
    "state/one-by-one",
    "state/workshop",
    "state/lms",
    "print/assessment",
    "print/criterion",
)
# What each kind of page has beside it.
_OWN: Mapping[str, tuple[str, ...]] = {
    "page": ("part/forms", "part/chapter", "page/bibliography", "page/formats", "print/chapter"),
    "home": ("part/forms", "page/home"),
    "assessment": _ASSESSMENT,
    "results": (
        *_ASSESSMENT,
        "part/radar",
        "part/report-frame",
        "part/assessment-cards",
        "page/overview",
        "page/plan",
        "page/documents",
        "print/overview",
        "print/plan",
        "print/documents",
    ),
    "group": (
        "part/path",
        "part/lights",
        "part/record",
        "part/results",
        "part/toast",
        "part/file-dialogs",
        "part/group",
        "page/assessment",
        "page/assessments",
        "page/overview",
        "page/plan",
        "page/documents",
        "page/group",
        "state/workshop",
        "state/group",
        "print/group",
    ),
    "tools": (
        "part/forms",
        "part/radar",
        "part/documents",
        "part/report-frame",
        "part/choice",
        "part/toast",
        "part/timeline",
        "page/tool",
        "page/compare",
        "page/twinning",
        "print/tools",
    ),
    "register": (
        "part/forms",
        "part/documents",
        "part/toast",
        "page/tool",
        "page/register",
        "print/tools",
    ),
    "review": (
        "part/forms",
        "part/documents",
        "part/report-frame",
        "part/lights",
        "part/choice",
        "part/toast",
        "page/tool",
        "page/register",
        "print/tools",
    ),
    "catalogue": (
        "part/forms",
        "part/marks",
        "part/entry",
        "page/catalogue-tools",
        "page/catalogue",
        "print/catalogue",
    ),
    "form": ("part/path", "page/form", "print/form"),
    "course": ("part/forms", "part/ticks", "page/course", "page/sessions", "state/projector", "print/course"),
    "book": ("part/forms", "part/chapter", "page/bibliography", "page/book", "print/book", "print/chapter"),
    "glossary": ("part/forms", "page/glossary", "print/glossary"),
    "signing": ("part/forms", "part/ticks", "page/signing", "page/journey", "print/journey"),
}
KINDS = tuple(_OWN)
# What only some pages of a kind have, as a sheet of its own beside that of the kind.
FIGURES = "assets/styles/figures.css"
BESIDE: Mapping[str, tuple[str, ...]] = {
    FIGURES: (
        "part/opener",
        "part/figure",
        "part/figure-steps",
        "part/figure-ways",
        "part/figure-groups",
        "state/figure",
        "print/figure",
    ),
}
# Those whose text is Markdown: in another engine, their sheets are for all pages.
EVERYWHERE = ("page", "home")
# What documents have, on a page, on paper and in a file of their own: those of an assessment, those of the tools.
_PAPER = (
    "base/measures",
    "part/meter",
    "part/radar",
    "part/lights",
    "page/paper",
    "page/paper-scores",
    "state/forced-colours",
    "print/paper",
    "print/council",
)
PAPERS: Mapping[str, tuple[str, ...]] = {
    "assessment": _PAPER,
    "group": (*_PAPER, "part/group"),
    "tools": (*_PAPER, "part/timeline", "page/paper-tools", "print/paper-tools"),
    "register": (*_PAPER, "page/paper-tools", "page/paper-register"),
}
_COMMENT = re.compile(r"[ \t]*/\*[\s\S]*?\*/[ \t]*\n?")


def style_address(kind: str) -> str:
    """The address of the style sheet of a kind of page, from the site's root; of any page for one that has no own."""
    return f"assets/styles/{kind if kind in KINDS else 'page'}.css"


def write_style_sheets(site: Path) -> None:
    """Writes the style sheets into the folder of the site: one of every kind of page, and those beside them."""
    sheets = {style_address(kind): style_sheet(kind) for kind in KINDS}
    sheets |= {address: beside(address) for address in BESIDE}
    for address, sheet in sheets.items():
        file = site / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sheet, "utf-8")


def own_sheets(*kinds: str) -> tuple[str, ...]:
    """Returns the sheets of these kinds of page that not every page has, in the order in which they are joined."""
    return tuple(sorted((name for kind in kinds for name in _OWN[kind]), key=_layer))


def style_sheet(*kinds: str) -> str:
    """Returns the style sheet of one kind of page or of several, without comments."""
    return _joined((*_EVERY, *own_sheets(*kinds)))


def beside(address: str) -> str:
    """Returns a sheet that stands beside that of the kind of page."""
    return _joined(BESIDE[address])


def paper_style(kind: str) -> Markup:
    """The style sheet of the documents of a kind: paper is light, and of no area, whatever the page around it."""
    return Markup(_joined(PAPERS[kind], light_colours(":root, :host")))


def _joined(names: tuple[str, ...], before: str = "") -> str:
    return "\n".join([f"@layer {', '.join(LAYERS)};", before, *_layers(names)])


def light_colours(selector: str = ":root") -> str:
    """Returns a rule with the colours of the light scheme, for what knows no other."""
    lines = (f"  --{name}: {colour.light};\n" for name, colour in read_colours().items())
    return f"{selector} {{\n{''.join(lines)}}}\n"


def _layers(names: tuple[str, ...]) -> Iterator[str]:
    for layer in LAYERS:
        yield f"@layer {layer} {{\n{plain(tuple(name for name in names if name.startswith(layer + '/')))}}}\n"


def plain(names: tuple[str, ...]) -> str:
    """Returns what the sheets say one after another, in no layer and without comments."""
    on_paper = "".join(_text(name) for name in names if name.startswith("print/"))
    anywhere = "".join(_text(name) for name in names if not name.startswith("print/"))
    return anywhere + (f"@media print {{\n{on_paper}}}\n" if on_paper else "")


def _text(name: str) -> str:
    text = _short((FOLDER / f"{name}.css").read_text("utf-8"))
    if name == "base/colours":
        # Older browsers stay in light.
        return f"{light_colours()}@supports (color: light-dark(#000, #fff)) {{\n{text}}}\n"
    return text


def _short(text: str) -> str:
    """Returns a sheet without comments and without what only whoever writes it needs: each rule is a line."""
    text = re.sub(r"\s*\n\s*", " ", _COMMENT.sub("", text))
    return re.sub(r";?\s*\}\s*", "}\n", re.sub(r"\s*([{;])\s*", r"\1", text)).strip() + "\n"


def _layer(name: str) -> int:
    return LAYERS.index(name.partition("/")[0])
