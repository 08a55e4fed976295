"""``make bench``: prints the measurements the project holds itself to. No test depends on them.

Build time and memory: the same words as checklists (our hooks make the pages) and as ready Markdown
files, built in turns with the same templates. Weight: what a browser loads on a first visit, compressed. Click: from a click
on a level to the painted result, with 100 criteria and the processor slowed four times. Key press: from
a letter in the search of the directory to the filtered list, with ten times its networks, slowed as well.
Group: from many files chosen to what they come to together, slowed as well.
Check: ``make check`` over the content as it stands and over ten times as much.
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

from guide.model.content import Checklist, load
from guide.model.site_pages import CONTINUED_PAGES, SINGLE_PAGES
from guide.reading.project import Project, open_project
from tools import plain_yaml
from tools.browser import open_browser
from tools.larger import multiply, multiply_networks
from tools.server import serve

ROOT = Path(__file__).parent.parent
SIZES = (100, 400)
TURNS = 3
SLOWED = 4
CLICKS = 30
TIMES = 10
TYPED = ("clima", "genero y cuidados", "red mundial", "xyz", "mexico")
COPIED = ("docs", "hooks", "locales", "overrides", "data", "networks", "practices", "formats", "mkdocs.yml")


def main() -> None:
    """Everything, with ``page`` only what is measured in the browser, with ``check`` only the check."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if sys.argv[1:] != ["page"]:
            measure_check(root)
        if sys.argv[1:] == ["check"]:
            return
        if sys.argv[1:] != ["page"]:
            measure_builds(root)
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
    print(f"Check of all content, Python's own start included: median of {TURNS}, and peak memory")
    larger = copy_whole(root / "larger")
    multiply(larger, TIMES)
    guide(larger, "ids", quiet=True)
    guide(larger, "reviewed", quiet=True)
    for project, name, most in ((ROOT, "as it stands", 3), (larger, f"{TIMES} times as much", 30)):
        turns = [guide(project, "check", quiet=True) for _ in range(TURNS)]
        seconds, busy = (statistics.median(one[place] for one in turns) for place in (0, 1))
        memory = max(one[2] for one in turns) / 1000
        print(f"  {name:<18} {seconds:6.2f} s, of processor {busy:.2f} s  {memory:6.0f} MB  (under {most} s)")
    guide(larger, "check")


def copy_whole(target: Path) -> Path:
    """Returns the project with everything that the check reads."""
    left_out = shutil.ignore_patterns(".*", "site", "tests", "decisions", "__pycache__")
    shutil.copytree(ROOT, target, ignore=left_out)
    return target


def guide(project: Path, command: str, quiet: bool = False) -> tuple[float, float, int]:
    """Runs a command on a project; gives seconds, the processor's seconds and peak memory in kB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "ABC_LANG": "en"}
    start = time.perf_counter()
    output = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen([sys.executable, "-m", "guide", command], cwd=project, env=environment, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{project}: guide {command} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


# Build time and memory


def measure_builds(root: Path) -> None:
    print(f"Build, {len(open_project(ROOT).codes)} languages: seconds (median of {TURNS}) and peak memory")
    means: dict[tuple[str, int], float] = {}
    for count in SIZES:
        projects = {"checklists": root / f"yaml-{count}", "Markdown": root / f"markdown-{count}"}
        write_checklists(copy_project(projects["checklists"]), count)
        write_markdown(copy_project(projects["Markdown"]), projects["checklists"])
        seconds: dict[str, list[float]] = {name: [] for name in projects}
        memory: dict[str, int] = {}
        for _ in range(TURNS):
            for name, project in projects.items():
                spent, peak = build(project, root / "built")
                seconds[name].append(spent)
                memory[name] = max(memory.get(name, 0), peak)
        for name in projects:
            means[name, count] = statistics.median(seconds[name])
            print(f"  {count} as {name:<10} {means[name, count]:6.2f} s  {memory[name] / 1000:6.0f} MB")
        more = means["checklists", count] / means["Markdown", count] - 1
        print(f"  {count}: checklists cost {more:+.1%} against ready Markdown (at most +5 %)")
    growth = means["checklists", SIZES[1]] / means["checklists", SIZES[0]]
    print(f"  {SIZES[1] // SIZES[0]} times the checklists take {growth:.2f} times the time")


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
    """``count`` checklists of ``criteria`` criteria, made of the words of the real ones."""
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


# The one hook of a site of ready pages: what the templates need.
PLAIN = """
from pathlib import Path

import languages
from building import build
from guide.pages.template_words import template_words
from guide.reading.project import open_project


def on_pre_build(config):
    project = open_project(Path(config.config_file_path).parent)
    build.language = languages.current(config)
    build.words = {code: template_words(project, code) for code in project.codes}
    build.addresses, build.shown = {}, {}


def on_page_context(context, page, config, nav):
    context.update(build.words[build.language])
    context["shown_in"], context["alternates"] = page.file.src_uri.split("/")[0], {}
"""


def write_markdown(project: Path, yaml_project: Path) -> None:
    """The same words as ready Markdown pages, the hooks that make pages left out."""
    opened = open_project(yaml_project)
    content = load(opened)
    for code in opened.codes:
        for checklist in content.checklists:
            page = project / "docs" / code / checklist.page
            page.write_text(as_markdown(checklist, code, opened, content.scale), "utf-8")
        for extra in {*SINGLE_PAGES} - CONTINUED_PAGES:
            anchors = "\n\n".join(f"## {id} {{#{id}}}" for id in content.sources)
            path = project / "docs" / code / extra
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\ntitle: {extra}\n---\n\n{anchors}\n", "utf-8")
    config = project / "mkdocs.yml"
    nav = "".join(f"      - {one.page}\n" for one in content.checklists)
    (project / "hooks/plain.py").write_text(PLAIN, "utf-8")
    ours = "hooks:\n  - hooks/plain.py\n  - hooks/theme.py\n"
    text = re.sub(r"^hooks:\n(?:  - .*\n)+", ours, config.read_text("utf-8"), flags=re.MULTILINE)
    config.write_text(
        text.replace("      - autoevaluacion/rapida.md\n", f"      - autoevaluacion/rapida.md\n{nav}"), "utf-8"
    )


def as_markdown(checklist: Checklist, code: str, project: Project, scale) -> str:
    lines = [f"---\ntitle: {json.dumps(checklist.title[code])}\n---\n", checklist.summary[code], ""]
    for one in checklist.criteria:
        lines += [f"## {one.statement[code]} {{#{one.id}}}", "", f"**?** {one.why[code]}", ""]
        for level, descriptor in zip(scale.levels, one.levels, strict=True):
            lines.append(f"- **{level.name[code]}.** {descriptor[code]}")
        lines += ["", one.evidence[code], "", *([one.guidance[code], ""] if one.guidance else [])]
        lines += [one.next_step[code], "", *(f"- [{name}](../bibliografia.md#{name})" for name in one.sources), ""]
    return "\n".join(lines)


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
