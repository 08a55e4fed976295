"""Lists the five areas of the site: each has a hue and an icon, which never stand alone for its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# What the first folder of a page's address belongs to.
_FOLDERS = {
    "fundamentos": "guide",
    "consideraciones": "guide",
    "vinculos": "guide",
    "practica": "guide",
    "regiones": "guide",
    "guia-completa": "guide",
    "autoevaluacion": "assessment",
    "directorio": "directory",
    "glosario": "directory",
    "herramientas": "tools",
    "curso": "course",
}
# Drawn in overrides/.icons.
ICONS: Mapping[str, str] = MappingProxyType(
    {
        "guide": "material-book-open-page-variant-outline",
        "assessment": "material-clipboard-check-outline",
        "directory": "material-compass-outline",
        "tools": "material-hammer-wrench",
        "course": "material-school-outline",
        "": "material-information-outline",
    }
)


def area_of(path: str) -> str:
    """Returns the area of the page at ``path`` inside its language's folder; "" for what is of none."""
    return _FOLDERS.get(path.partition("/")[0].removesuffix(".md"), "")
