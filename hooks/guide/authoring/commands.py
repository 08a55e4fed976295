"""Does what each command for whoever writes asks for, and says so: ``guide.__main__`` calls them by their names."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from pathlib import Path

from guide.authoring import json_schema, move, scaffold
from guide.authoring.terminal import option, tell
from guide.checks import Report, check, fix, freshness, readability, report, suggestions, untranslated
from guide.checks.corpus import Site, read_site
from guide.model.addresses import add_pages, add_sections
from guide.model.content import Content, load
from guide.reading import system
from guide.reading.problems import ContentError, Problems
from guide.reading.problems import report as error_report
from guide.reading.project import Project, guess_project, message_texts, open_project
from guide.reading.texts import Texts, fill

_HERE = Path(__file__).parents[3]


def _as_written(texts: Texts, command: str, example: str = "") -> int:
    """Ends a sentence on wrong use: the command as it should be, which can be copied."""
    print(example or texts["written"][command], file=sys.stderr)
    return 2


def cannot_open(folder: Path, error: ContentError, arguments: list[str]) -> int:
    """Tells what is wrong with the settings, or with what stands among the content."""
    project = guess_project(folder)
    if not project.languages:
        # No project of ours at all: the words are those that came with this code.
        project = open_project(_HERE)
    _, file = option("--findings", arguments)
    if file:
        _write_findings(file, project, error.problems, Problems(), {})
    print(error_report(error, message_texts(project)), file=sys.stderr)
    return 1


def run(project: Project, arguments: list[str]) -> int:
    """Runs a command; gives the exit code."""
    texts = message_texts(project)
    try:
        code = COMMANDS[arguments[0]](project, texts, arguments[1:])
    except BrokenPipeError:
        raise
    except OSError as error:
        # Something is in the way, the disk is full: no mistake of the program.
        if os.environ.get("ABC_TRACEBACK"):
            raise
        print(system.refusal(error, texts), file=sys.stderr)
        return 1
    if code is None:
        print(fill(texts["setup"]["wrong"], {"command": arguments[0]}), file=sys.stderr)
        return _as_written(texts, arguments[0])
    return code


def run_check(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    arguments, file = option("--findings", arguments)
    if not {"--fix", "--report", "--annotations"}.issuperset(arguments):
        return None
    words = texts["problems"]
    if "--fix" in arguments:
        done = fix(project)
        print(fill(words["mended"], {"count": len(done)}) if len(done) else words["nothing_mended"])
        if len(done):
            print(done.report(texts))
        if written := json_schema.write(project):
            print(fill(texts["schemas"]["written"], {"files": ", ".join(written)}))
    found = check(project)
    if file:
        _write_findings(file, project, found.errors, found.warnings, suggestions(project, found))
    return tell(*_told(found, texts, arguments))


def told(project: Project, arguments: list[str]) -> tuple[list[str], str]:
    """What a check says of ``project`` that changes nothing and writes no file: lines, and what is wrong."""
    return _told(check(project), message_texts(project), arguments)


def _told(found: Report, texts: Texts, arguments: list[str]) -> tuple[list[str], str]:
    lines: list[str] = []
    if "--report" in arguments:
        lines += [report.text(found.site, texts["reading"]), readability.text(found.site, texts["reading"])]
    if "--annotations" in arguments:
        lines.append("\n".join(report.on_lines(found, texts)))
    lines += report.warnings(found, texts)
    try:
        return [*lines, _counts(found.valid(), found.site, texts)], ""
    except ContentError as error:
        return lines, error_report(error, texts)


def _write_findings(
    file: str, project: Project, errors: Problems, warnings: Problems, better: Mapping[tuple[str, int], str]
) -> None:
    listed = report.findings(project, errors, warnings, better)
    Path(file).write_text(json.dumps({"findings": listed}, ensure_ascii=False, indent=1), "utf-8")


def _counts(content: Content, site: Site, texts: Texts) -> str:
    words = texts["problems"]
    counts = {
        "checklists": len(content.checklists),
        "criteria": sum(len(one.criteria) for one in content.checklists),
        "sources": len(content.sources),
        "networks": len(content.catalogue.networks),
        "practices": len(content.catalogue.practices),
        "terms": len(content.glossary.terms),
        "pages": len(site.pages[site.project.default]),
        "languages": ", ".join(site.project.codes),
    }
    return f"{fill(words['ok'], counts)} {fill(words['pages_ok'], counts)}"


def add_ids(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    if arguments:
        return None
    try:
        content = load(project)
    except ContentError:
        # As the check tells it, which knows what has one cause.
        errors = check(project, history=False).errors
        print(error_report(ContentError(errors), texts), file=sys.stderr)
        return 1
    words = texts["problems"]
    if content.new_pages:
        add_pages(project, content.new_pages)
        print(fill(words["listed_pages"], {"pages": ", ".join(content.new_pages)}))
    if content.new_sections:
        add_sections(project, content.new_sections)
        print(fill(words["listed_sections"], {"sections": ", ".join(content.new_sections)}))
    if content.unlisted:
        _write_ids(project, content)
        print(fill(words["listed"], {"ids": ", ".join(content.unlisted)}))
    if not (content.unlisted or content.new_pages or content.new_sections):
        print(words["nothing_new"])
    return 0


def _write_ids(project: Project, content: Content) -> None:
    path = project.data / "published-ids.yml"
    head = "".join(line for line in path.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
    lines = [head, "checklists:\n"]
    for checklist in sorted(content.checklists, key=lambda one: one.id):
        lines += [f"  - id: {checklist.id}\n", "    criteria:\n"]
        lines += [f"      - {criterion}\n" for criterion in checklist.ids]
    entries = {
        "networks": [one.id for one in content.catalogue.networks],
        "practices": [one.id for one in content.catalogue.practices],
        "contacts": [one.id for one in content.contacts],
        "journey": content.journey.ids,
        "register": content.register.ids,
    }
    for name, ids in entries.items():
        lines += _listed(name, ids) if ids else []
    lines += _listed("terms", content.glossary.ids) + _listed("tools", content.tools.ids)
    lines += _packages(content)
    path.write_text("".join(lines), "utf-8")


def _listed(name: str, ids: Iterable[str]) -> list[str]:
    return [f"{name}:\n", *(f"  - {id}\n" for id in sorted(ids))]


def _packages(content: Content) -> list[str]:
    """Returns the identifiers of packages as they were published: those of an assessment are never made anew."""
    lines = ["packages:\n"]
    for id, ids in sorted(content.packages.items()):
        lines += [f"  - id: {id}\n", "    identifiers:\n", *(f"      - {one}\n" for one in astuple(ids))]
    return lines


def run_reviewed(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    options = {one for one in arguments if one.startswith("--")}
    if not options <= {"--all", "--typo"}:
        return None
    words = texts["reviewed"]
    site = read_site(project, Problems())
    paths = [_from_root(project, one) for one in arguments if one not in options]
    if "--typo" in options and not paths:
        print(words["typo_needs_path"], file=sys.stderr)
        return _as_written(texts, "reviewed")
    known = _places(site)
    for path in paths:
        if path not in known:
            print(fill(words["unknown_path"], {"path": path}), file=sys.stderr)
            return _as_written(texts, "reviewed")
    written = freshness.record(site, paths, everything="--all" in options)
    print(fill(words["written"], {"files": ", ".join(written)}) if written else words["nothing"])
    _print_behind(project, texts)
    return 0


def _places(site: Site) -> set[str]:
    """Returns everything by which a translated text may be called."""
    codes = site.project.codes[1:]
    return {place for code in codes for passage in freshness.passages(site, code) for place in passage.places}


def _print_behind(project: Project, texts: Texts) -> None:
    """Prints which translations are still behind."""
    found = check(project)
    if found.freshness.behind:
        print(fill(texts["reviewed"]["left"], {"count": len(found.freshness.behind)}))
        behind = Problems()
        freshness.tell(found.site, found.freshness, behind)
        print(behind.report(texts))


def _from_root(project: Project, path: str) -> str:
    try:
        return Path(path).resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        return path


def run_missing(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    listed = "--list" in arguments
    arguments = [one for one in arguments if one != "--list"]
    if len(arguments) != 1:
        return None
    words = texts["missing"]
    others = project.codes[1:]
    if arguments[0] not in others:
        unknown = "original" if arguments[0] == project.default else "unknown"
        print(fill(words[unknown], {"code": arguments[0], "known": ", ".join(others)}), file=sys.stderr)
        return _as_written(texts, "missing", f"make missing lang={others[0]}" if others else "")
    print(untranslated.report(read_site(project, Problems()), arguments[0], words, listed=listed))
    return 0


def run_new(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    if len(arguments) not in (2, 3):
        return None
    kind, id, *called = arguments
    words = texts["new"]
    site: Site = read_site(project, Problems())
    try:
        written = scaffold.new(site, kind, id, texts, *called)
    except scaffold.Refused as error:
        print(scaffold.refusal(error, texts), file=sys.stderr)
        return _as_written(texts, "new", scaffold.better(site, kind, id, error))
    print(fill(words["written"], {"files": ", ".join(written)}))
    if kind == scaffold.CHAPTER and "mkdocs.yml" not in written:
        print(fill(words["nav_hint"], {"page": f"{id}.md"}))
    if kind == scaffold.LANGUAGE:
        begun = open_project(project.root, project.files)
        if written := json_schema.write(begun):
            print(fill(texts["schemas"]["written"], {"files": ", ".join(written)}))
        print(untranslated.report(read_site(begun, Problems()), id, texts["missing"]))
        return 0
    print(words["next"])
    return 0


def run_move(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    if len(arguments) != 2:
        return None
    words = texts["move"]
    site = read_site(project, Problems())
    try:
        written = move.move(site, *arguments)
    except move.Refused as error:
        print(move.refusal(error, texts), file=sys.stderr)
        return _as_written(texts, "move")
    print(fill(words["written"], {"files": ", ".join(written)}))
    old, new = (move.page_of(project, one) for one in arguments)
    if old.rpartition("/")[0] != new.rpartition("/")[0]:
        print(fill(words["nav"], {"page": new}))
    # What is new is listed; where other mistakes stand in the way, they are told.
    return add_ids(project, texts, [])


def write_schemas(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    if arguments:
        return None
    written = json_schema.write(project)
    words = texts["schemas"]
    print(fill(words["written"], {"files": ", ".join(written)}) if written else words["nothing"])
    return 0


def run_export(project: Project, texts: Texts, arguments: list[str]) -> int | None:
    # All that writes pages and documents: the other commands need none of it.
    from guide.authoring import export

    if len(arguments) != 1:
        return None
    words, folder = texts["export"], Path(arguments[0])
    try:
        codes = export.export(project, check(project, history=False).valid(), folder)
    except ContentError as error:
        print(error_report(error, texts), file=sys.stderr)
        return 1
    except export.NotEmpty:
        print(fill(words["not_empty"], {"folder": folder}), file=sys.stderr)
        return _as_written(texts, "export")
    print(fill(words["written"], {"folders": ", ".join(str(folder / code) for code in codes)}))
    return 0


COMMANDS: Mapping[str, Callable[[Project, Texts, list[str]], int | None]] = {
    "check": run_check,
    "ids": add_ids,
    "reviewed": run_reviewed,
    "missing": run_missing,
    "new": run_new,
    "move": run_move,
    "schemas": write_schemas,
    "export": run_export,
}
