"""Measures how many small faults in the code the tests notice.

``python -m tools.mutants [COUNT [SEED [PATH]]]`` puts faults at random into ``hooks/guide`` and the scripts (or into
the file or folder PATH only), each in a copy of the tree, and runs the tests that concern the file. A fault that lives
through them meets all others, together with other such faults: where the tests pass for all, they pass for each;
where they fail, the halves are tried. The same seed tries the same faults. Exit code 0 where all tests pass without a
fault; those that do not find nothing.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from guide.reading import system
from guide.reading.texts import Texts, fill
from tools import scripts
from tools.faults import Fault, can_be_read, faults, line
from tools.packages import texts

ROOT = Path(__file__).parents[1]
# What faults are put into, and its language.
_PLACES = (("hooks/guide", "*.py", "python"), ("overrides/assets/scripts", "*.js", "javascript"))
# The tests that concern a file, the quickest and most exact first, besides those of its name and those that import it.
_CONCERNED = {
    "__main__": "command setup check",
    "agreement_form": "register",
    "agreement_list": "register",
    "answer": "record answer_files changes assessments plan",
    "answer_details": "record assessment plan",
    "answer_note": "embedding",
    "answers_reading": "review workbook_back",
    "archives": "epub cartridge packages",
    "assessment_bar": "assessments answer_files first_moments",
    "assessment_core": "first_moments assessment overview plan",
    "assessment_files": "answer_files assessments compare",
    "assessment_index": "assessments",
    "assessment_store": "answer_files assessments changes",
    "bank": "question_bank",
    "bibliography": "loader site",
    "body": "word",
    "book": "book workbook",
    "bridge": "session",
    "browser": "assessment assessments compare browsing",
    "browser_storage": "assessments assessment answer_files compare",
    "calendar_file": "plan module_views twinning hostile_content",
    "catalogue": "catalogue",
    "cells": "workbook",
    "charts": "overview compare documents",
    "check_answers": "one_by_one",
    "checklist": "workbook",
    "checklist_changes": "changes",
    "checklist_page": "assessment record first_moments changes jumps",
    "checklist_results": "assessment truth",
    "checklist_scope": "assessment record jumps",
    "checklists": "loader kinds",
    "checks": "check",
    "commands": "command",
    "compiled": "kept",
    "comparison": "compare",
    "comparison_memo": "compare",
    "comparison_page": "compare",
    "comparison_result": "compare",
    "consensus_page": "consensus",
    "consensus_question": "consensus",
    "content": "loader check site",
    "copy": "offline",
    "corpus": "check",
    "course_progress": "course",
    "criterion_view": "assessment record changes",
    "damaged_text": "check",
    "data_script": "registry grouping",
    "documents": "merging answer_files documents",
    "documents_page": "documents",
    "elements": "assessment compare",
    "embedded": "embed embedding",
    "entries": "loader kinds check",
    "evidence_list": "documents review",
    "every_page": "browsing embed first_paint first_moments",
    "everything": "kept",
    "example_group": "group",
    "explained_terms": "glossary",
    "facts": "word",
    "figures": "loader kinds",
    "file_dialog": "compare twinning",
    "file_kind": "kinds new_kind",
    "file_panel": "group consensus",
    "files": "answer_files assessments compare check",
    "forbidden_terms": "glossary check",
    "format": "overview plan assessment documents compare",
    "formats": "office_templates",
    "frame": "embedding embed jumps",
    "freshness": "freshness",
    "front_matter": "site book revision export",
    "gift": "question_bank",
    "git": "freshness causes revision repository",
    "global": "assessment compare",
    "glossary": "glossary",
    "glossary_filter": "glossary",
    "group_page": "group",
    "group_parts": "group",
    "group_report": "group",
    "import_panel": "register",
    "import_table": "register_parts register",
    "index_progress": "changes first_moments overview",
    "instructions": "workbook",
    "instrument": "assessments scripts documents plan",
    "kept_before": "assessments answer_files",
    "kept": "kept",
    "leavings": "check",
    "links": "check",
    "lms_bridge": "session",
    "lms_page": "session",
    "lms_state": "session",
    "load_once": "plan compare",
    "locale_files": "locale_files loader third_language",
    "looks": "workbook",
    "lost_ids": "causes check addresses",
    "mark_list": "review",
    "markdown": "check",
    "marks_in_results": "review",
    "marks_on_criteria": "review",
    "matters": "word",
    "module_page": "module_views",
    "my_assessments": "assessments",
    "name_dialog": "compare twinning",
    "name_question": "first_moments assessments",
    "navigation": "check site",
    "networks": "compare",
    "offline_button": "offline",
    "offline_copy": "offline",
    "offline_worker": "offline",
    "open_file": "assessments answer_files first_moments",
    "opened_files": "group consensus",
    "order": "check workbook",
    "overview_page": "overview changes",
    "page": "browsing embed",
    "paper": "documents compare twinning",
    "papers": "documents",
    "parity": "check languages catalogue",
    "partial_dates": "register_parts register",
    "path_state": "one_by_one plan",
    "picture": "word",
    "plan": "plan workbook",
    "plan_page": "plan",
    "planner_page": "compare twinning",
    "planner_storage": "compare twinning merging",
    "planners": "kinds loader site check compare twinning",
    "platform": "session",
    "projector": "module_views group",
    "proofs": "register_parts register",
    "published_ids": "loader catalogue",
    "published_lists": "causes",
    "recover": "assessments",
    "reference": "glossary site",
    "register_calendar": "register_parts register",
    "register_page": "register",
    "register_paper": "register",
    "register_store": "register_parts register",
    "register_table": "register_parts register",
    "register_tables": "register",
    "register_template": "spreadsheets register",
    "register_words": "register",
    "registry": "export site",
    "rendered": "sanitiser hostile_content",
    "repeats": "check",
    "report": "check repository",
    "results": "workbook",
    "returned_file": "review",
    "returned_reviews": "review",
    "review_page": "review",
    "review_signature": "review",
    "review_store": "review",
    "review_words": "review",
    "reviews": "review merging",
    "scale": "loader score workbook",
    "schedule": "twinning",
    "schema": "loader kinds schemas",
    "score": "score overview documents assessment",
    "score_display": "assessment overview truth",
    "score_text": "score overview plan assessment documents truth",
    "scorm": "packages session",
    "search": "browsing site",
    "search_words": "kinds browsing",
    "session_plan": "module_views",
    "sessions": "module_views",
    "sessions_page": "module_views",
    "shapes": "new_kind loader kinds",
    "share": "assessments review",
    "share_file": "assessments",
    "signing_path": "signing",
    "sitemap": "site",
    "spreadsheet_file": "hostile_content documents",
    "spreadsheet_reader": "spreadsheets",
    "standing": "register_parts register",
    "statistics": "group",
    "structure": "check",
    "style": "check",
    "surroundings": "kept",
    "system": "setup build serve command",
    "table_text": "register_parts register",
    "template_words": "site face",
    "terminal": "command",
    "ticks": "journey course",
    "twinning": "twinning",
    "twinning_page": "twinning",
    "twinning_paper": "twinning",
    "twinning_tasks": "twinning",
    "untranslated": "third_language",
    "voices": "consensus group",
    "way_back": "home",
    "word_file": "word",
    "word_tools": "word",
    "workbook_cells": "workbook_back spreadsheets",
    "workbook_file": "register_parts spreadsheets",
    "workbook_filling": "workbook_back spreadsheets",
    "workbook_laying": "workbook_back spreadsheets",
    "workbook_reading": "workbook_back spreadsheets",
    "workbook_report": "workbook_back spreadsheets",
    "worker": "offline",
    "workshop": "record assessment",
    "writer": "site loader",
    "written_pages": "loader course",
    "wrong_language": "check",
    "xml": "word",
    "yaml_slips": "check",
    "yaml_tree": "loader check",
    "zip_file": "group",
    "zip_writer": "workbook_back spreadsheets",
}
_IN_BROWSER = re.compile(r"\b(open_page|browser|address)\b")
# A test without an end has noticed, too.
_CONCERNED_SECONDS, _ALL_SECONDS = 900, 3600
_MOST_AT_ONCE = 12
_COUNT, _SEED = 20, 1


@dataclass(frozen=True)
class Mutant:
    """A fault in a file: ``path`` from the root of the tree, ``before`` its whole text."""

    path: str
    language: str
    before: str
    fault: Fault

    @property
    def after(self) -> str:
        return self.fault.put_into(self.before)

    def __str__(self) -> str:
        """Says ``file:line: before → after``, by the first line that is not the same."""
        number = line(self.before, self.fault.start)
        now, then = self.before.split("\n")[number - 1 :], self.after.split("\n")[number - 1 :]
        at = next((place for place, both in enumerate(zip(now, then)) if both[0] != both[1]), 0)
        return f"{self.path}:{number + at}: {now[at].strip()} → {then[at].strip()}"


def choose(root: Path, count: int, seed: int, below: str = "") -> list[Mutant]:
    """Chooses mutants of the files below a path: of a file by its length, and there of each kind of slip alike."""
    sources = [
        (path.relative_to(root).as_posix(), language, path.read_text("utf-8"))
        for folder, pattern, language in _PLACES
        for path in sorted((root / folder).rglob(pattern))
        if (root / below) in (path, *path.parents)
    ]
    possible = {name: _by_kind(text, language) for name, language, text in sources}
    chance = random.Random(seed)
    chosen: list[Mutant] = []
    while len(chosen) < count and (sources := [one for one in sources if possible[one[0]]]):
        source = chance.choices(sources, [text.count("\n") + 1 for _, _, text in sources])[0]
        name, language, text = source
        mutant = Mutant(name, language, text, _draw(possible[name], chance))
        if can_be_read(mutant.after, language):
            chosen.append(mutant)
    return chosen


def _by_kind(text: str, language: str) -> dict[str, list[Fault]]:
    """Returns the faults that a file could have, by the kind of slip."""
    found: dict[str, list[Fault]] = {}
    for one in faults(text, language):
        found.setdefault(one.kind, []).append(one)
    return found


def _draw(kinds: dict[str, list[Fault]], chance: random.Random) -> Fault:
    """Takes one of these faults: of each kind of slip alike."""
    kind = chance.choice(sorted(kinds))
    one = kinds[kind].pop(chance.randrange(len(kinds[kind])))
    if not kinds[kind]:
        del kinds[kind]
    return one


class Trial:
    """A copy of the tree where mutants are tried."""

    def __init__(self, root: Path, copy: Path) -> None:
        self._copy = copy
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        subprocess.run(["git", "clone", "--quiet", "--shared", "--no-checkout", root, copy], check=True)
        for name in filter(None, listed.split("\0")):
            if (root / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, copy / name)
        subprocess.run(["git", "reset", "--quiet"], cwd=copy, check=True)
        if (root / ".venv").exists():
            (copy / ".venv").symlink_to((root / ".venv").resolve())
        found = sorted((copy / "tests").rglob("test_*.py"))
        self._tests = {path.relative_to(copy).as_posix(): path.read_text("utf-8") for path in found}

    def concerned(self, mutant: Mutant) -> list[str]:
        """Returns the names of the tests that concern a mutant's file."""
        path = Path(mutant.path)
        named = [path.stem, *_CONCERNED.get(path.stem, "").split()]
        if path.stem == "__init__":
            named = [path.parent.name, *_CONCERNED.get(path.parent.name, "").split()]
        found = [name for one in named for name in self._tests if PurePath(name).name == f"test_{one}.py"]
        if mutant.language == "python":
            imports = re.compile(
                rf"from guide(\.\w+)*\.{path.stem} import|from guide(\.\w+)* import [^\n]*\b{path.stem}\b"
            )
            found += [name for name, text in self._tests.items() if imports.search(text)]
        return list(dict.fromkeys(found))

    def others(self, language: str) -> list[list[str]]:
        """Returns all tests that may notice what is wrong in a language, in the order in which to run them."""
        quick = [name for name, text in self._tests.items() if not _IN_BROWSER.search(text)]
        slow = [name for name in self._tests if name not in quick]
        return [one for one in ([quick, slow] if language == "python" else [slow]) if one]

    def run(self, mutants: Sequence[Mutant], names: Sequence[str], seconds: float, *options: str) -> str:
        """Returns the test that failed with these mutants in place; "" where none did."""
        if not names:
            # Without a name, all would run.
            return ""
        for one in mutants:
            (self._copy / one.path).write_text(one.after, "utf-8")
        try:
            scripts.bundle(scripts.out_of_step(self._copy), self._copy)
            return self._failed(names, seconds, options)
        except subprocess.CalledProcessError:
            # Of such scripts no bundle can be made.
            return "make scripts"
        finally:
            for one in mutants:
                (self._copy / one.path).write_text(one.before, "utf-8")
            scripts.bundle(scripts.out_of_step(self._copy), self._copy)

    def without_fault(self, tests: Sequence[str]) -> list[str]:
        """Returns which of these tests fail when nothing is wrong."""
        if not tests or not self._failed(tests, _ALL_SECONDS, ()):
            return []
        return [one for one in tests if self._failed([one], _CONCERNED_SECONDS, ())]

    def _failed(self, tests: Sequence[str], seconds: float, options: Sequence[str]) -> str:
        # Two mutants of a file in one second would be one to Python, which looks at times and sizes.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "hooks", "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "pytest", "--exitfirst", "-p", "no:cacheprovider"]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            # A session of its own: whatever the tests started ends with them.
            with subprocess.Popen(
                [*command, *options, *tests],
                cwd=self._copy, env=environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
            ) as process:  # fmt: skip
                try:
                    code = process.wait(seconds)
                except subprocess.TimeoutExpired:
                    return "…"
                finally:
                    _end(process)
            said.seek(0)
            text = said.read()
        if code == 4:
            raise RuntimeError(text)
        found = re.search(r"^(?:FAILED|ERROR) (\S+?)(?:\[|\s|$)", text, re.MULTILINE)
        return (found[1] if found else "…") if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def apart(mutants: Sequence[Mutant]) -> Iterator[list[Mutant]]:
    """Yields the mutants in groups of one language, at most one of a file in each."""
    groups: list[list[Mutant]] = []
    for one in mutants:
        for group in groups:
            same = any(other.path == one.path for other in group)
            if group[0].language == one.language and not same and len(group) < _MOST_AT_ONCE:
                group.append(one)
                break
        else:
            groups.append([one])
    yield from groups


def together(trial: Trial, mutants: Sequence[Mutant]) -> dict[Mutant, str]:
    """Returns what all the other tests notice of mutants in different files: the test that failed, or ""."""
    failed = ""
    for names in trial.others(mutants[0].language):
        failed = failed or trial.run(mutants, names, _ALL_SECONDS, "--numprocesses", "2", "--dist", "loadfile")
    if not failed or len(mutants) == 1:
        return dict.fromkeys(mutants, failed)
    half = len(mutants) // 2
    return together(trial, mutants[:half]) | together(trial, mutants[half:])


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Tries, and says what was found as it goes; gives the exit code."""
    words = texts()["mutants"]
    given = [one for one in arguments if one]
    try:
        count, seed = int(given[0]) if given else _COUNT, int(given[1]) if given[1:] else _SEED
    except ValueError:
        print(words["numbers"], file=sys.stderr)
        return 2
    mutants = choose(root, count, seed, given[2] if given[2:] else "")
    if not mutants:
        print(words["none"], file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="abc-", ignore_cleanup_errors=True) as folder:
        return _try(Trial(root, Path(folder) / "copy"), mutants, seed, words)


def _try(trial: Trial, mutants: Sequence[Mutant], seed: int, words: Texts) -> int:
    def say(key: str, **details: object) -> None:
        print(fill(words[key], details), flush=True)

    found: dict[Mutant, str] = {}
    for place, one in enumerate(mutants, 1):
        found[one] = trial.run([one], trial.concerned(one), _CONCERNED_SECONDS)
        say("found" if found[one] else "alive", place=place, count=len(mutants), fault=one, test=found[one])
    for group in apart(_alive(mutants, found)):
        later = together(trial, group)
        found |= later
        for one in filter(later.get, later):
            say("found_later", fault=one, test=later[one])
    alive = _alive(mutants, found)
    say("result", found=len(mutants) - len(alive), count=len(mutants), seed=seed)
    if alive:
        print(words["survivors"], *alive, sep="\n  ", flush=True)
    wrong = trial.without_fault(sorted({test for test in found.values() if "::" in test}))
    if wrong:
        print(fill(words["unreliable"], {"tests": ", ".join(wrong)}), file=sys.stderr)
    return 1 if wrong else 0


def _alive(mutants: Sequence[Mutant], found: Mapping[Mutant, str]) -> list[Mutant]:
    return [one for one in mutants if not found[one]]


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    sys.exit(main(sys.argv[1:]))
