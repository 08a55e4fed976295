"""What the site is built with can be taken away, a piece at a time, and the site stays the same to the byte.

MkDocs itself: ``tests/authoring/test_export.py``, which builds the pages with other engines.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.authoring.test_export import _files
from tests.conftest import REPOSITORY, ROOT, SITE_URL
from tests.model.test_loader import change

# Nothing of these can be imported any more.
WITHOUT = (
    "import sys\nsys.modules.update(dict.fromkeys(sys.argv.pop(1).split(',')))\nfrom mkdocs.__main__ import cli\ncli()"
)


def copied(root: Path) -> Path:
    ignored = shutil.ignore_patterns(".git", ".venv", "site", "tests", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, root, ignore=ignored)
    return root


def built(root: Path, site: Path, *without: str) -> dict[str, int]:
    """The files of the site of the project at ``root``, built strictly with no module of ``without``."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, ",".join(without), "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "ABC_SITE_URL": SITE_URL, "ABC_REPOSITORY": REPOSITORY},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return _files(site)


def test_without_material(site: Path, tmp_path: Path):
    """One line: the theme has no name."""
    root = copied(tmp_path / "project")
    change(root, "mkdocs.yml", **{"from": "  name: material\n", "to": "  name: null\n"})
    assert built(root, tmp_path / "site", "material", "materialx") == _files(site)


def test_without_the_plugin_of_languages(site: Path, tmp_path: Path):
    """One module, and the settings of the languages under ``extra``; no plugin at all is left."""
    root = copied(tmp_path / "project")
    shutil.copy(ROOT / "tests/exits/languages.py", root / "hooks/languages.py")
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    start, end = text.index("plugins:\n"), text.index("# Each is one concern")
    ((plugin,),) = [one.values() for one in yaml.safe_load(text[start:end])["plugins"]]
    languages = yaml.safe_dump({"languages": plugin["languages"]}, allow_unicode=True, sort_keys=False)
    text = text[:start] + "plugins: []\n\n" + text[end:]
    text = text.replace("extra:\n", "extra:\n" + "".join(f"  {line}\n" for line in languages.splitlines()), 1)
    settings.write_text(text, "utf-8")
    assert built(root, tmp_path / "site", "mkdocs_static_i18n") == _files(site)


def test_no_other_plugin_is_asked_for():
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert [list(one) for one in settings["plugins"]] == [["i18n"]]
    # Its output is used in one module only.
    knowing = [path.name for path in (ROOT / "hooks").glob("*.py") if '"i18n"' in path.read_text("utf-8")]
    assert knowing == ["languages.py"]
    for path in (ROOT / "overrides").rglob("*"):
        if path.suffix in (".html", ".xml"):
            assert "i18n" not in path.read_text("utf-8") and ".alternates" not in path.read_text("utf-8").replace(
                "place.alternates", ""
            ), path
