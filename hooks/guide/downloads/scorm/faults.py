"""Finds what is wrong with a package before a platform does: Moodle loads nearly anything, and loses grades later.

The schemas of the standard let more than half of the broken manifests pass that were tried, so each is looked for here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from guide.downloads.scorm.manifest import FILE, PACKAGING, SCHEMA, SHARING, START, VERSION
from guide.model.packages import PackageIds


def faults(files: Mapping[str, bytes], ids: PackageIds) -> list[str]:
    """Returns what is wrong with the files of a package, one short name each; ``ids`` are those that were published."""
    found = [f"name {name}" for name in files if "\\" in name or name.startswith("/") or ".." in name.split("/")]
    if FILE not in files:
        return [*found, "no manifest at the root"]
    try:
        root = ElementTree.fromstring(files[FILE])
    except ElementTree.ParseError:
        return [*found, "the manifest is no XML"]
    if root.tag != _name("manifest"):
        return [*found, "root or namespace"]
    return [*found, *_metadata(root), *_organization(root), *_resource(root, files), *_identifiers(root, ids)]


def _name(tag: str) -> str:
    return f"{{{PACKAGING}}}{tag}"


def _text(parent: Element, path: str) -> str:
    found = parent.find("/".join(_name(one) for one in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def _all(root: Element, tag: str) -> list[Element]:
    return list(root.iter(_name(tag)))


def _metadata(root: Element) -> Iterator[str]:
    if _text(root, "metadata/schema") != SCHEMA:
        yield "schema"
    if _text(root, "metadata/schemaversion") != VERSION:
        yield "schemaversion"


def _organization(root: Element) -> Iterator[str]:
    organizations, found = root.find(_name("organizations")), _all(root, "organization")
    if organizations is None or len(found) != 1:
        yield "one organization"
        return
    if organizations.get("default") != found[0].get("identifier"):
        yield "default organization"
    if not _text(found[0], "title"):
        yield "title of the organization"
    if any(one.tag.rpartition("}")[2] == "masteryscore" for one in root.iter()):
        yield "masteryscore"
    yield from _items(found[0], {one.get("identifier") for one in _all(root, "resource")})


def _items(organization: Element, resources: set[str | None]) -> Iterator[str]:
    items = _all(organization, "item")
    if len(items) != 1:
        yield "one item"
    for item in items:
        if not _text(item, "title"):
            yield "title of the item"
        if item.get("identifierref") not in resources:
            yield "identifierref"


def _resource(root: Element, files: Mapping[str, bytes]) -> Iterator[str]:
    found = _all(root, "resource")
    if len(found) != 1:
        yield "one resource"
        return
    (resource,) = found
    if resource.get("type") != "webcontent":
        yield "type of the resource"
    if resource.get(f"{{{SHARING}}}scormtype") != "sco":
        yield "scormtype"
    if resource.get("href") != START:
        yield "start"
    yield from _listed([one.get("href", "") for one in resource.findall(_name("file"))], files)


def _listed(listed: list[str], files: Mapping[str, bytes]) -> Iterator[str]:
    yield from (f"listed twice: {name}" for name, times in Counter(listed).items() if times > 1)
    yield from (f"missing: {name}" for name in listed if name not in files)
    yield from (f"not listed: {name}" for name in files if name != FILE and name not in listed)


def _identifiers(root: Element, ids: PackageIds) -> Iterator[str]:
    for tag, wanted in vars(ids).items():
        if [one.get("identifier") for one in _all(root, tag)] != [wanted]:
            yield f"identifier of the {tag}"
