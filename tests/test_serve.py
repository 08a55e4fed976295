"""While serving, a mistake is told and the last good site stays; mending the file brings it back."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from guide.content import Content
from guide.project import open_project, open_texts
from tests.conftest import DEFAULT, ROOT

PATIENCE = 60


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"still waiting: {what}"
        time.sleep(0.2)


def test_a_mistake_while_serving(tmp_path: Path, content: Content):
    root = tmp_path / "project"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".git", ".venv", "site", "tests", "__pycache__"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    checklist = content.checklists[0]
    file = root / checklist.source

    def served(path: str = f"autoevaluacion/{checklist.id}/") -> str:
        url = f"http://127.0.0.1:{port}/{path}"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            return ""

    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "ABC_LANG": "es"},
            stdout=output,
            stderr=output,
        )
        try:
            right = file.read_text("utf-8")
            old, new = checklist.criteria[0].statement[DEFAULT], "Un enunciado nuevo."
            until(lambda: old in served(), "the first build")

            file.write_text(right.replace("minutes:", "minuts:"), "utf-8")
            until(lambda: f"{checklist.source}:" in log.read_text("utf-8"), "the mistake to be told")
            assert "¿quiso escribir «minutes»?" in log.read_text("utf-8")
            assert open_texts(open_project(ROOT), "es")["problems"]["kept"] in log.read_text("utf-8")
            assert old in served()

            first_line = old.split()[0]
            start = right.index("statement:")
            line = right.index(first_line, start)
            file.write_text(right[:line] + new + " " + right[line:], "utf-8")
            until(lambda: new in served(), "the mended file to be shown")

            chapter = root / f"docs/{DEFAULT}/acerca.md"
            chapter.write_text(chapter.read_text("utf-8") + "\nUna línea más.\n", "utf-8")
            until(lambda: "Una línea más." in served("acerca/"), "a changed chapter")
            chapter.write_text(chapter.read_text("utf-8") + "\n## Sin identificador\n", "utf-8")
            until(
                lambda: "«Sin identificador» no tiene identificador" in log.read_text("utf-8"), "a mistake in a chapter"
            )
            assert "Una línea más." in served("acerca/") and "Sin identificador" not in served("acerca/")
            chapter.write_text(chapter.read_text("utf-8").replace("\n## Sin identificador\n", ""), "utf-8")
            template = root / "overrides/partials/footer.html"
            template.write_text(template.read_text("utf-8") + "<!-- otra -->", "utf-8")
            until(lambda: "<!-- otra -->" in served("acerca/"), "a changed template")
        finally:
            server.terminate()
            server.wait()
    assert "Traceback" not in log.read_text("utf-8")
