"""Compares the site of another revision with the site as it is now: ``python -m tools.compare BASE [TIMES]``.

Each is built in a folder of its own, of its own content, which is multiplied first where TIMES says so. Every file is
compared by what it holds, archives by their members; what scripts and styles are called, and what stands in them, may
change. Each file that differs is a line with the first place that does; exit code 1 where there is any.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from guide.reading import system
from guide.reading.texts import Texts, fill
from tools.larger import multiply
from tools.packages import texts

ROOT = Path.cwd()
# Scripts and styles, of which is only said how many have changed. Data that scripts read is compared.
_LOOKS = re.compile(r"(?:^|/)(?:bundles|scripts|styles|vendor)/[^/]+\.(?:js|css)$|^sw\.js$")
_STYLE = re.compile(r"(<style\b[^>]*>|<script type=\"text/css\"[^>]*>).*?(?=</style>|</script>)", re.DOTALL)
_NAME = re.compile(r"[\w./%~-]+\.(js|css)\b(\?[\w=&.-]*)?")
_ARCHIVES = (".zip", ".xlsx", ".docx", ".epub", ".imscc")
_AROUND, _SHOWN = 40, 100


class Refused(Exception):
    """Why nothing can be compared, as a sentence."""


def main(base: str, times: str) -> int:
    """Builds both sites, compares them and prints every difference; gives the exit code."""
    words: Texts = texts()["compare"]
    try:
        count = _number(times, words)
        with tempfile.TemporaryDirectory(prefix="abc-") as name:
            sites = _build_both(Path(name), base, count, words)
            found = dict(differences(*sites, words))
            total, looks = len(_files(sites[1])), _changed_looks(*sites)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    for line in found.values():
        print(line)
    print(fill(words["looks"], {"count": looks}))
    print(fill(words["different" if found else "same"], {"count": len(found), "total": total, "times": count}))
    return 1 if found else 0


def _number(times: str, words: Texts) -> int:
    if not times:
        return 1
    if not times.isascii() or not times.isdigit() or not 0 < int(times) <= 100:
        raise Refused(fill(words["times"], {"times": times}))
    return int(times)


def _build_both(folder: Path, base: str, times: int, words: Texts) -> tuple[Path, Path]:
    projects = {"before": folder / "before", "now": folder / "now"}
    _unpack(base, projects["before"], words)
    _copy(projects["now"])
    for name, project in projects.items():
        if times > 1:
            multiply(project, times)
            # New ids are published and each translation follows its original: nothing else is to be told of them.
            for command in ("ids", "reviewed"):
                _run(project, words, "guide", command)
        print(fill(words["building"], {"which": words[name]}), file=sys.stderr, flush=True)
        _run(project, words, "mkdocs", "build", "--quiet", "--site-dir", str(folder / f"site-{name}"))
    return folder / "site-before", folder / "site-now"


def _unpack(base: str, folder: Path, words: Texts) -> None:
    """Writes the files of a revision into a folder."""
    done = subprocess.run(
        ["git", "archive", "--format=tar", "--end-of-options", f"{base}^{{tree}}"], cwd=ROOT, capture_output=True
    )
    if done.returncode:
        raise Refused(fill(words["no_base"], {"base": base}))
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _copy(folder: Path) -> None:
    """Copies the files of the working tree, without those that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def _run(project: Path, words: Texts, module: str, *arguments: str) -> None:
    """Runs a module of Python on a project with its own hooks."""
    same = {"PYTHONPATH": str(project / "hooks"), "SOURCE_DATE_EPOCH": "315532800", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project, env={**os.environ, **same}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"{done.stdout}{fill(words['not_built'], {'which': words[project.name]})}")


def differences(before: Path, now: Path, words: Texts) -> Iterator[tuple[str, str]]:
    """Yields each file that is not the same in both sites, with a line that says how."""
    old, new = _files(before), _files(now)
    for name in sorted(old.keys() | new.keys()):
        if _LOOKS.search(name):
            continue
        if name not in new:
            yield name, fill(words["gone"], {"file": name})
        elif name not in old:
            yield name, fill(words["new"], {"file": name})
        elif line := _difference(name, old[name].read_bytes(), new[name].read_bytes(), words):
            yield name, line


def _changed_looks(before: Path, now: Path) -> int:
    """Returns how many scripts and styles are new, gone or not the same."""
    old, new = (
        {name: path.read_bytes() for name, path in _files(site).items() if _LOOKS.search(name)}
        for site in (before, now)
    )
    return sum(old.get(name) != new.get(name) for name in old.keys() | new.keys())


def _files(site: Path) -> Mapping[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}


def _difference(name: str, old: bytes, new: bytes, words: Texts) -> str:
    """Returns what differs first in a file, "" where nothing does."""
    if old == new:
        return ""
    if name.endswith(_ARCHIVES):
        return _in_archive(name, old, new, words)
    if name.endswith(".gz"):
        old, new = gzip.decompress(old), gzip.decompress(new)
    try:
        return _in_text(name, _without_looks(old.decode()), _without_looks(new.decode()), words)
    except UnicodeDecodeError:
        return fill(words["bytes"], {"file": name, "byte": _first(old, new)})


def _without_looks(text: str) -> str:
    """Returns a text without names of scripts and styles, and without the styles that it holds itself."""
    return _NAME.sub(r"*.\1", _STYLE.sub(r"\1", text))


def _in_archive(name: str, old: bytes, new: bytes, words: Texts) -> str:
    with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(io.BytesIO(new)) as now:
        for member in sorted({*before.namelist(), *now.namelist()}):
            if _LOOKS.search(member):
                continue
            file = f"{name}!{member}"
            if member not in now.namelist():
                return fill(words["gone"], {"file": file})
            if member not in before.namelist():
                return fill(words["new"], {"file": file})
            if line := _difference(file, before.read(member), now.read(member), words):
                return line
    return ""


def _in_text(name: str, old: str, new: str, words: Texts) -> str:
    if old == new:
        return ""
    at = _first(old, new)
    shown = {"before": old[max(at - _AROUND, 0) : at + _SHOWN], "now": new[max(at - _AROUND, 0) : at + _SHOWN]}
    place = {"file": name, "line": old.count("\n", 0, at) + 1}
    return fill(words["differs"], {**place, **{key: " ".join(text.split()) for key, text in shown.items()}})


def _first(old: str | bytes, new: str | bytes) -> int:
    """Returns where two texts begin to differ."""
    return next((at for at, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    sys.exit(main(sys.argv[1], (sys.argv[2:] or [""])[0]))
