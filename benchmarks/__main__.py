"""Prints the measurements that the project holds itself to: ``make bench``. No test depends on them.

Builds and edits: ours over stock Material's of the same guide (``benchmarks.stock``). Check: ``make check`` over the
content as it stands, kept, and over ten times as much. Weight: what a browser loads on a first visit, compressed.
Click: from a click on a level to the painted result, with 100 criteria and the processor slowed four times. Key press:
from a letter in the search of the directory to the filtered list, with ten times its networks, slowed as well.
Group: from many files chosen to what they come to together, slowed as well.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from playwright.sync_api import Browser

from benchmarks import stock
from tools import plain_yaml
from tools.browser import open_browser
from tools.larger import multiply, multiply_networks
from tools.server import serve

ROOT = Path(__file__).parent.parent
TURNS = 3
SLOWED = 4
CLICKS = 30
TIMES = 10
CHECKS = {"nothing kept": 0.8, "kept, one page changed": 0.3, "kept, nothing changed": 0.3}
TYPED = ("clima", "genero y cuidados", "red mundial", "xyz", "mexico")
COPIED = ("docs", "hooks", "locales", "overrides", "data", "networks", "practices", "formats", "mkdocs.yml")


def main() -> None:
    """Measures all, or what is named: ``builds`` beside stock Material, ``edits``, ``check``, ``page`` in a browser."""
    wanted = sys.argv[1:] or ["builds", "edits", "check", "page"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if "builds" in wanted:
            stock.compare(root)
        if "edits" in wanted:
            stock.measure_edits(root)
        if "check" in wanted:
            measure_check(root)
        if "page" not in wanted:
            return
        site = root / "site"
        project = copy_project(root / "click")
        write_checklists(project, 1, criteria=100)
        multiply_networks(project, TIMES)
        build(project, site)
        with serve(site) as address, open_browser() as browser:
            measure_weight(browser, address)
            measure_clicks(browser, f"{address}autoevaluacion/lista-1/")
            measure_keys(browser, f"{address}directorio/redes/")
        whole = root / "whole"
        build(ROOT, whole)
        with serve(whole) as address, open_browser() as browser:
            measure_overview(browser, f"{address}autoevaluacion/resultados/")
            measure_group(browser, f"{address}autoevaluacion/grupo/")


# The check


def measure_check(root: Path) -> None:
    print(f"Check of all content, the processor's time with Python's own start: median of {TURNS}, and peak memory")
    project, cache = copy_whole(root / "as-it-stands"), str(root / "kept-check")
    page = next(iter(sorted(project.glob("docs/*/consideraciones/*.md"))))
    taken: dict[str, list[tuple[float, float]]] = {}
    for turn in range(TURNS):
        for name, folder in (("nothing kept", ""), ("kept", cache), ("kept, nothing changed", cache)):
            said = (
                "kept, one page changed" if name == "kept" and turn else "keeping all of it" if name == "kept" else name
            )
            taken.setdefault(said, []).append(stock.run(["guide", "check"], project, ABC_CACHE=folder))
        page.write_text(f"{page.read_text('utf-8')}\nUna frase más.\n", "utf-8")
    for name, turns in taken.items():
        seconds, memory = statistics.median(one[0] for one in turns), max(one[1] for one in turns)
        most = CHECKS.get(name)
        print(f"  {name:<23} {seconds:6.2f} s {memory:6.0f} MB" + (f"  (at most {most} s)" if most else ""))
    larger = copy_whole(root / "larger")
    multiply(larger, TIMES)
    for command in (["ids"], ["reviewed", "--all"]):
        stock.run(["guide", *command], larger, ABC_CACHE="")
    seconds, memory = stock.run(["guide", "check"], larger, ABC_CACHE="")
    print(f"  {TIMES} times as much        {seconds:6.2f} s {memory:6.0f} MB")


def copy_whole(target: Path) -> Path:
    """Returns the project with everything that the check reads."""
    left_out = shutil.ignore_patterns(".*", "site", "tests", "decisions", "__pycache__")
    shutil.copytree(ROOT, target, ignore=left_out)
    return target


# Projects to measure in the browser


def copy_project(target: Path) -> Path:
    """Returns the project without its checklists and the course, which asks for them."""
    target.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    (target / "checklists").mkdir()
    (target / "course").mkdir()
    # Practices name checklists that are not there.
    for path in (target / "practices").glob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^checklists: .*\n", "", text, flags=re.MULTILINE), "utf-8")
    # Chapters link to the real checklists; here they keep only their words.
    for path in (target / "docs").rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(
            re.sub(r"\[([^\[\]]+)\]\([\w/.-]*(?:autoevaluacion/[\w-]+|modulo-\d)\.md[^()]*\)", r"\1", text), "utf-8"
        )
    config = target / "mkdocs.yml"
    config.write_text(re.sub(r"^ *- curso/modulo-.*\n", "", config.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    # Nothing was ever published here.
    (target / "data/published-pages.txt").unlink()
    return target


def write_checklists(project: Path, count: int, criteria: int = 9) -> None:
    """Writes ``count`` checklists of ``criteria`` criteria, made of the words of the real ones."""
    documents = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(ROOT.glob("checklists/*.yml"))]
    words = [one for document in documents for one in document["criteria"]]
    published = []
    for number in range(1, count + 1):
        made = {**documents[number % len(documents)], "order": number}
        made.pop("chapter", None)
        made["criteria"] = [
            {
                **{key: value for key, value in words[(number + place) % len(words)].items() if key != "section"},
                "id": f"l{number}-{place}",
            }
            for place in range(1, criteria + 1)
        ]
        text = plain_yaml.dump(made)
        (project / f"checklists/lista-{number}.yml").write_text(text, "utf-8")
        published.append({"id": f"lista-{number}", "criteria": [one["id"] for one in made["criteria"]]})
    (project / "data/published-ids.yml").write_text(yaml.safe_dump({"checklists": published}), "utf-8")


def build(project: Path, site: Path) -> tuple[float, int]:
    """Builds a project; gives seconds and peak memory in kB."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=project, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{project} did not build")
    return time.perf_counter() - start, usage.ru_maxrss


# In the browser


def measure_weight(browser: Browser, address: str) -> None:
    print("First load, compressed (at most 90 kB a chapter, 90 kB a checklist, 40 kB of our own)")
    pages = {"home": "", "chapter": "consideraciones/genero/", "checklist, 100 criteria": "autoevaluacion/lista-1/"}
    for name, path in pages.items():
        page = browser.new_page()
        sizes: dict[str, int] = {}

        def add(response) -> None:
            body = response.body()
            packed = response.url.endswith((".woff2", ".png"))
            sizes[response.url.removeprefix(address)] = len(body) if packed else len(gzip.compress(body))

        page.on("response", add)
        page.goto(address + path, wait_until="networkidle")
        own = sum(size for url, size in sizes.items() if url.endswith((".js", ".css")))
        print(f"  {name:<24} {sum(sizes.values()) / 1000:5.1f} kB, of it scripts and styles {own / 1000:.1f} kB")
        page.close()


MEASURE = """async (clicks) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  for (let click = 0; click < clicks; click += 1) {
    const radios = document.querySelectorAll(`.criterion:nth-of-type(${click + 1}) input`);
    await painted();
    const start = performance.now();
    radios[click % 4].click();
    document.body.getBoundingClientRect();
    const updated = performance.now() - start;
    await painted();
    times.push([updated, performance.now() - start]);
  }
  return times;
}"""


def measure_clicks(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('.criterion').forEach((one) => one.querySelectorAll('input')[1].click())")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    times = page.evaluate(MEASURE, CLICKS)
    updated, painted = ([pair[place] for pair in times] for place in (0, 1))
    print(f"Click to updated score, 100 criteria, processor slowed {SLOWED} times (under 50 ms)")
    print(f"  computed and laid out: median {statistics.median(updated):.1f} ms, worst {max(updated):.1f} ms")
    print(f"  painted:               median {statistics.median(painted):.1f} ms, worst {max(painted):.1f} ms")


ROUNDS = """(example) => {
  for (const round of ["2023", "2024", "2025", "2026"]) {
    localStorage["abc.assessment." + round] = JSON.stringify({ ...example, id: round, round });
  }
  localStorage["abc.current"] = "2026";
}"""
READY = """() => {
  const { domInteractive, domContentLoadedEventEnd } = performance.getEntriesByType("navigation")[0];
  return domContentLoadedEventEnd - domInteractive;
}"""


def measure_overview(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(ROUNDS, json.loads((ROOT / "overrides/assets/example.json").read_text("utf-8")))
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    times = []
    for _ in range(CLICKS // 2):
        page.reload(wait_until="load")
        times.append(page.evaluate(READY))
    print(f"Results of nine checklists and four rounds, processor slowed {SLOWED} times (under 200 ms)")
    print(
        f"  from the page read to all of it working: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms"
    )


OPENED = """async ([example, count]) => {
  const transfer = new DataTransfer();
  for (let one = 0; one < count; one += 1) {
    const text = JSON.stringify({ ...example, id: `persona-${one}`, title: `Persona ${one}` }, null, 2);
    transfer.items.add(new File([text], `${one}.json`));
  }
  const input = document.querySelector('[data-slot="files-input"]');
  input.files = transfer.files;
  const start = performance.now();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const files = document.querySelector('[data-slot="files"]');
  while (files.getAttribute("aria-busy") !== "false") await new Promise((done) => setTimeout(done));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def measure_group(browser: Browser, address: str) -> None:
    example = json.loads((ROOT / "overrides/assets/example.json").read_text("utf-8"))
    print(f"Files of a group opened and shown, processor slowed {SLOWED} times")
    for count, most in ((60, 1000), (200, 4000)):
        times = []
        for _ in range(TURNS):
            page = browser.new_page()
            page.goto(address)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            times.append(page.evaluate(OPENED, [example, count]))
            page.close()
        print(f"  {count:>3}: median {statistics.median(times):.0f} ms (at most {most} ms)")


KEYS = """async (words) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const input = document.querySelector('[data-slot="query"]');
  const times = [];
  const press = async (value) => {
    await painted();
    const start = performance.now();
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    const updated = performance.now() - start;
    await painted();
    times.push([updated, performance.now() - start]);
  };
  for (const word of words) {
    for (let end = 1; end <= word.length; end += 1) await press(word.slice(0, end));
    for (let end = word.length - 1; end >= 0; end -= 1) await press(word.slice(0, end));
  }
  return times;
}"""


def measure_keys(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    count = page.locator("[data-entry]").count()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    times = page.evaluate(KEYS, TYPED)
    updated, painted = ([pair[place] for pair in times] for place in (0, 1))
    print(f"Key press to filtered list, {count} networks, processor slowed {SLOWED} times (under 16 ms)")
    for name, measured in (("computed and laid out:", updated), ("painted:", painted)):
        most = statistics.quantiles(measured, n=20)[18]
        print(f"  {name:<22} median {statistics.median(measured):.1f} ms, 95 of 100 under {most:.1f} ms")


if __name__ == "__main__":
    main()
