"""Writes all links of the course as one file that platforms restore: IMS Common Cartridge 1.1, a folder per module.

Moodle takes 1.1 and neither 1.3 nor the thin one. It puts the first folder into its section 0, so that says how to use
the links; titles of folders end up in descriptions, so each link says the number of its module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from guide.downloads.archives import pack
from guide.model.content import Content
from guide.model.course import Module, Stop
from guide.model.packages import QUICK
from guide.model.site_pages import ASSESSMENTS_PAGE, COURSE_PAGE, PARTICIPANTS_PAGE, QUICK_PAGE
from guide.reading.schema import Translated, in_language
from guide.reading.texts import Texts, fill

_COMMON = "http://www.imsglobal.org/xsd/imsccv1p1"
_LINK = f"""<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="{_COMMON}/imswl_v1p1">
  <title>{{title}}</title>
  <url href={{address}} target="_blank"/>
</webLink>
"""


@dataclass(frozen=True)
class _Link:
    id: str
    title: str
    page: str

    @property
    def file(self) -> str:
        return f"{self.id}.xml"


@dataclass(frozen=True)
class _Folder:
    id: str
    title: str
    links: tuple[_Link, ...]


def write(content: Content, texts: Texts, link: Callable[[str], str]) -> bytes:
    """Returns the cartridge in one language; ``link`` gives the whole address of a page."""
    folders = [_first(texts), *(_folder(one, content, texts) for one in content.modules)]
    files = {"imsmanifest.xml": _manifest(folders, texts).encode("utf-8")}
    for one in (one for folder in folders for one in folder.links):
        said = _LINK.format(title=escape(one.title), address=quoteattr(link(one.page)))
        files[one.file] = said.encode("utf-8")
    return pack(files)


def _first(texts: Texts) -> _Folder:
    words = texts["cartridge"]
    links = (
        _Link("enlace-inicio", words["course"], COURSE_PAGE),
        _Link("enlace-respuestas", words["answers"], ASSESSMENTS_PAGE),
    )
    return _Folder("carpeta-inicio", words["how"], links)


def _folder(module: Module, content: Content, texts: Texts) -> _Folder:
    return _Folder(f"carpeta-{module.id}", _titled(module, texts), tuple(_links(module, content, texts)))


def _titled(module: Module, texts: Texts) -> str:
    number = fill(texts["course"]["module"], {"number": module.number})
    return f"{number}. {in_language(module.title, texts.code)}"


def _links(module: Module, content: Content, texts: Texts) -> Iterator[_Link]:
    words = texts["cartridge"]
    sheet = fill(words["module"], {"number": module.number})
    yield _Link(f"enlace-{module.id}", sheet, PARTICIPANTS_PAGE.format(id=module.id))
    for place, stop in enumerate(module.path, 1):
        page, title, kind = _stop(stop, content, texts)
        said = fill(words[kind], {"number": module.number, "place": place, "title": title})
        yield _Link(f"enlace-{module.id}-{place}", said, page)


def _stop(stop: Stop, content: Content, texts: Texts) -> tuple[str, str, str]:
    """The page, its title and whether it is read or answered."""

    def said(text: Translated | None, instead: str) -> str:
        return in_language(text, texts.code) if text else instead

    if stop.page:
        return stop.page, said(stop.title, stop.page), "read"
    if stop.checklist == QUICK:
        return QUICK_PAGE, said(stop.title, texts["course"]["quick"]), "answer"
    one = next(one for one in content.checklists if one.id == stop.checklist)
    return one.page, said(stop.title, in_language(one.title, texts.code)), "answer"


def _manifest(folders: list[_Folder], texts: Texts) -> str:
    title = escape(texts["cartridge"]["title"])
    items = "".join(_item(one) for one in folders)
    resources = "".join(
        f'    <resource identifier="{one.id}-r" type="imswl_xmlv1p1"><file href="{one.file}"/></resource>\n'
        for folder in folders
        for one in folder.links
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="abc-enlaces" xmlns="{_COMMON}/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
  <metadata>
    <schema>IMS Common Cartridge</schema>
    <schemaversion>1.1.0</schemaversion>
    <lom:lom><lom:general><lom:title><lom:string language="{texts.code}">{title}</lom:string></lom:title></lom:general></lom:lom>
  </metadata>
  <organizations>
    <organization identifier="abc-enlaces-o" structure="rooted-hierarchy">
      <item identifier="abc-enlaces-raiz">
{items}      </item>
    </organization>
  </organizations>
  <resources>
{resources}  </resources>
</manifest>
"""


def _item(folder: _Folder) -> str:
    inside = "".join(
        f'          <item identifier="{one.id}" identifierref="{one.id}-r"><title>{escape(one.title)}</title></item>\n'
        for one in folder.links
    )
    head = f'        <item identifier="{folder.id}">\n          <title>{escape(folder.title)}</title>\n'
    return f"{head}{inside}        </item>\n"
