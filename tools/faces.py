"""Makes the faces of the site from the packages they come in: ``python -m tools.faces FOLDER``.

FOLDER holds the packages named in ``PACKAGES``, unpacked as ``npm pack`` gives them. Each face is cut down to what the
site writes: a file with the letters of Spanish, English, Portuguese and their neighbours, which every page loads, and
one with those of other languages in Latin letters, which a browser fetches only where a page has one of them. It needs
``fonttools`` and ``brotli``, which nothing else here does: run it where they are installed. What it makes is committed,
with the licence of each face; it also says by how much a face of the system is to be made larger until ours comes.
"""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).parents[1] / "overrides/assets/fonts"
# Everything that is typed in Spanish, English and Portuguese, with their quotes, dashes and signs; small letters of
# their neighbours, for names.
_BASIC = [*range(0x20, 0x7F), *map(ord, "\u00a0¡§©ª«°·º»¿×÷ÀÁÂÃÇÉÊÍÑÓÔÕÚÜàáâãäçèéêëíïñóôõöúûü")]
_BASIC += [0x2013, 0x2014, *range(0x2018, 0x201F), 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212]
# The rest of Latin 1 and of Latin A: northern and central Europe, Turkish, long vowels; marks of languages of the
# Americas; Romanian.
_MORE = [*(one for one in range(0xA1, 0x180) if one not in _BASIC), 0x218, 0x219, 0x21A, 0x21B, 0x2BB, 0x2BC, 0x1E9E]
# How often letters come in a Spanish text, in a thousand.
_OFTEN = {
    " ": 170, "e": 113, "a": 104, "o": 72, "s": 66, "r": 57, "n": 56, "i": 52, "d": 49, "l": 41, "c": 39, "t": 38,
    "u": 33, "m": 26, "p": 21, "b": 12, "g": 8, "v": 9, "y": 8, "q": 7, "h": 6, "f": 6, "z": 4, "j": 4, "ó": 7, "á": 4,
    "í": 6, "é": 4, "ñ": 3, ",": 9, ".": 10,
}  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A face: the package it comes in, its files there with the basic letters and with others, its licence here."""

    name: str
    package: str
    files: tuple[str, str]
    weights: tuple[int, int] | None = None
    """Those that are kept of a face that has any."""


PACKAGES = {
    "@fontsource-variable/source-sans-3": "5.3.1",
    "@fontsource/bitter": "5.3.0",
}
FACES = (
    Face(
        "source-sans-3",
        "source-sans-3",
        ("source-sans-3-latin-wght-normal.woff2", "source-sans-3-latin-ext-wght-normal.woff2"),
        (400, 700),
    ),
    Face("bitter-700", "bitter", ("bitter-latin-700-normal.woff2", "bitter-latin-ext-700-normal.woff2")),
)


def cut(source: Path, target: Path, letters: list[int], weights: tuple[int, int] | None) -> int:
    """Writes the letters of a face, and its weights between two; gives the size of the file."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source)
    if weights:
        between = io.BytesIO()
        instancer.instantiateVariableFont(font, {"wght": weights}).save(between)
        font = TTFont(between)
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    # Kerning is seen in large words only, and weighs an eighth of a face.
    options.layout_features = ["tnum"] if weights else ["kern", "tnum"]
    options.name_IDs = [1, 2, 13, 14]
    options.drop_tables += ["MVAR", "BASE", "GDEF", "STAT"]
    made = subset.Subsetter(options)
    made.populate(unicodes=letters)
    made.subset(font)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def width(file: Path) -> float:
    """Returns how wide a letter of a Spanish text is on average, in ems."""
    from fontTools.ttLib import TTFont

    font = TTFont(file)
    names, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    total = sum(count * widths[names[ord(letter)]][0] for letter, count in _OFTEN.items() if ord(letter) in names)
    return float(total / sum(count for letter, count in _OFTEN.items() if ord(letter) in names) / em)


def main(folder: Path, *systems: str) -> None:
    """Makes every face; ``systems`` are files of faces of systems, to be held against ours."""
    for face in FACES:
        package = folder / face.package / "package"
        shutil.copy(package / "LICENSE", FONTS / f"LICENSE-{face.package}.txt")
        for file, letters, more in zip(face.files, (_BASIC, _MORE), ("", "-more")):
            target = FONTS / f"{face.name}{more}.woff2"
            print(target.name, cut(package / "files" / file, target, letters, face.weights))
        ours = width(FONTS / f"{face.name}.woff2")
        for system in systems:
            print(f"  {Path(system).stem}: size-adjust {100 * ours / width(Path(system)):.1f}%")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
