"""Returns the icons that come with the theme, by the names its users know: ``:material-account:``.

They are drawn into the page when it is built. Those of our own templates stand in ``overrides/.icons/``, where the
theme's users keep theirs, so that the site keeps its face without the theme.
"""

from __future__ import annotations

import functools
import re
from importlib import metadata
from pathlib import Path

from guide.reading.near_names import nearest

SETS = ("fontawesome", "material", "octicons", "simple")
# As it is written in a text.
PLACE = re.compile(rf":(?P<icon>(?:{'|'.join(SETS)})-[a-z0-9]+(?:-[a-z0-9]+)*):")
_OWN = Path(__file__).parents[3] / "overrides/.icons"
_THEME = ("mkdocs-material", "material/templates/.icons")
# Sets whose icons stand in folders of their own.
_FOLDERS = {"fontawesome": ("brands", "regular", "solid")}
_DRAWN = re.compile(r'<svg[^>]*?\sviewBox="([\d. -]+)"[^>]*>(.*)</svg>', re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What may be in a drawing that goes into a page.
_HARMLESS = re.compile(
    r"(?:<(?:path|circle|rect|g|ellipse|polygon)(?: (?!on|style)[a-z-]+=\"[^\"<>]*\")*/?>|</\w+>|\s)*"
)


@functools.cache
def _folders() -> tuple[Path, ...]:
    package, folder = _THEME
    try:
        theme = [Path(str(metadata.distribution(package).locate_file(folder)))]
    except metadata.PackageNotFoundError:
        theme = []
    return tuple(one for one in (_OWN, *theme) if one.is_dir())


def _inside(name: str) -> str:
    """The file of an icon inside the folder of all: ``fontawesome-solid-user`` is ``fontawesome/solid/user.svg``."""
    of_set, _, rest = name.partition("-")
    folder, _, below = rest.partition("-")
    if folder in _FOLDERS.get(of_set, ()):
        rest = f"{folder}/{below}"
    return f"{of_set}/{rest}.svg"


@functools.cache
def svg(name: str) -> str | None:
    """Returns the drawing of an icon, silent to screen readers; None where there is none of that name."""
    for folder in _folders():
        file = folder / _inside(name)
        if not file.is_file():
            continue
        drawn = _DRAWN.search(_COMMENT.sub("", file.read_text("utf-8")))
        if drawn and _HARMLESS.fullmatch(drawn[2]):
            return (
                f'<svg class="icon" viewBox="{drawn[1]}" aria-hidden="true" focusable="false">{drawn[2].strip()}</svg>'
            )
    return None


def alike(name: str) -> str:
    """Returns the icon that was meant by a name that is none; "" where it cannot be told."""
    return nearest(name, [one for one in names() if one[:9] == name[:9]])


@functools.cache
def names() -> tuple[str, ...]:
    """The names of all icons there are."""
    found = {
        file.relative_to(folder).with_suffix("").as_posix().replace("/", "-")
        for folder in _folders()
        for of_set in SETS
        for file in (folder / of_set).rglob("*.svg")
    }
    return tuple(sorted(found))
