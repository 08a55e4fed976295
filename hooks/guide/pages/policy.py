"""Writes the site's Content-Security-Policy: what a page may load and run, whatever stands in its texts.

Every page says it itself, and three files beside the pages say it as headers, for servers that send them. Only the
scripts written out in our own templates run inline, told by their digests; none of a contributor's text is read for it.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_TEMPLATES = ("overrides/*.html", "overrides/partials/*.html", "hooks/guide/pages/templates/*.jinja")
# A script without attributes runs; one of another type is data.
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HEADERS = {
    # Pages may stand in other sites' frames: trainers put them into their courses.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@functools.cache
def _digests() -> tuple[str, ...]:
    """Returns the sources that name the inline scripts of the templates, as a policy writes them."""
    found = {
        script
        for pattern in _TEMPLATES
        for file in _ROOT.glob(pattern)
        for script in _INLINE.findall(file.read_text(encoding="utf-8"))
    }
    return tuple(sorted(f"'sha256-{_digest(one)}'" for one in found))


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def policy(from_folder: bool = False) -> str:
    """Returns what a page of the site may load and run.

    ``from_folder``: for pages that are opened without a server, where not every browser takes a neighbouring file
    for one of the same place.
    """
    here = "'self' file:" if from_folder else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {here} {' '.join(_digests())}",
            f"style-src {here}",
            f"img-src {here} data: blob:",
            f"font-src {here}",
            f"connect-src {here}",
            f"frame-src {here} blob:",
            f"worker-src {here}",
            f"manifest-src {here}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def allowing(html: bytes, script: bytes) -> bytes:
    """Returns the page ``html`` of the site with one more inline script that it may run."""
    source = f"script-src 'sha256-{_digest(script.decode())}' ".encode()
    return html.replace(b"script-src ", source, 1)


def header_files() -> dict[str, str]:
    """Returns the files that tell servers which headers to send, by name.

    ``_headers`` is read by Netlify and Cloudflare Pages, ``.htaccess`` by Apache; nginx is told to include the third.
    """
    headers = {"Content-Security-Policy": policy(), **_HEADERS}
    return {
        "_headers": "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items()),
        ".htaccess": "<IfModule mod_headers.c>\n"
        + "".join(f'Header always set {name} "{value}"\n' for name, value in headers.items())
        + "</IfModule>\n",
        "headers.nginx.conf": "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items()),
    }
