"""Writes packages for learning platforms (SCORM 1.2): one per assessment and language, full or thin.

A package is a manifest, a shell that holds the session with the platform, and the assessment in a frame: its pages
inside the package (full), or those of the published site (thin). Whoever writes the pages gives the files; what of
them a platform asks for is written and checked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from guide.downloads.archives import pack
from guide.downloads.scorm.faults import faults
from guide.downloads.scorm.manifest import FILE, manifest
from guide.model.content import Content
from guide.model.packages import PackageIds
from guide.reading.texts import Texts

MOST_BYTES = 400_000


class PackedFiles(Protocol):
    """Gives what a package holds beside its manifest."""

    @property
    def site_url(self) -> str:
        """The address of the published site, "" where there is none."""
        ...

    def title(self, id: str, code: str) -> str:
        """Returns what an assessment is called in a language."""
        ...

    def full(self, id: str, code: str) -> Mapping[str, bytes]:
        """Returns a shell and the pages of an assessment, which open in the language ``code``."""
        ...

    def thin(self, id: str, code: str) -> Mapping[str, bytes]:
        """Returns a shell around the page of the published site."""
        ...


@dataclass(frozen=True)
class Package:
    """An assessment that packages are made of."""

    id: str
    ids: PackageIds


class Faulty(ValueError):
    """A package that a platform would refuse, or would lose grades with."""


def packages_of(content: Content) -> tuple[Package, ...]:
    """Returns what packages are made of: the quick assessment, then every checklist."""
    return tuple(Package(id, ids) for id, ids in content.packages.items())


def write(package: Package, files: Mapping[str, bytes], title: str, texts: Texts) -> bytes:
    """Returns the package as a zip. Raises Faulty where something of it is wrong."""
    name = f"{texts['assessment']['kind']}: {title}"
    whole = {FILE: manifest(package.ids, name, list(files)).encode("utf-8"), **dict(sorted(files.items()))}
    wrong = faults(whole, package.ids)
    data = pack(whole)
    if len(data) > MOST_BYTES:
        wrong.append(f"{len(data)} bytes")
    if wrong:
        raise Faulty(f"{package.id}: {', '.join(wrong)}")
    return data
