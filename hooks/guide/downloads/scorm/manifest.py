"""Writes the manifest of a package: what a platform reads before anything else."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from guide.model.packages import PackageIds

FILE = "imsmanifest.xml"
START = "index.html"
PACKAGING = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
SHARING = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
SCHEMA, VERSION = "ADL SCORM", "1.2"


def manifest(ids: PackageIds, title: str, files: Iterable[str]) -> str:
    """Returns the text of ``imsmanifest.xml``: one organization with one activity, which is all the files."""
    listed = "".join(f"      <file href={quoteattr(name)}/>\n" for name in sorted(files))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{ids.manifest}" version="1.2" xmlns="{PACKAGING}" xmlns:adlcp="{SHARING}">
  <metadata>
    <schema>{SCHEMA}</schema>
    <schemaversion>{VERSION}</schemaversion>
  </metadata>
  <organizations default="{ids.organization}">
    <organization identifier="{ids.organization}">
      <title>{escape(title)}</title>
      <item identifier="{ids.item}" identifierref="{ids.resource}" isvisible="true">
        <title>{escape(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="{ids.resource}" type="webcontent" adlcp:scormtype="sco" href="{START}">
{listed}    </resource>
  </resources>
</manifest>
"""
