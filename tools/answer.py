"""Answers a proposal on GitHub: one comment that lists what to correct, and one on each line.

``python -m tools.answer FILE`` takes what ``guide check --findings FILE`` wrote and, from the environment
of a workflow, the event (``GITHUB_EVENT_PATH``) and a token that may write to pull requests
(``GITHUB_TOKEN``). Whoever proposes again gets the same comment, brought up to date, and loses the
comments on lines that are right by now. Exit code 1 where there is something to correct.

What a proposal says is shown as text, never as Markdown: a stranger wrote it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.reading.project import Language, message_texts, open_project
from guide.reading.texts import fill

# What the answer says, by language, the default first.
Words = Mapping[Language, Mapping[str, str]]

MARK = "<!-- abc:answer -->"
_LINE_MARK = re.compile(r"<!-- abc:line ([0-9a-f]{16}) -->")
_BOT = "github-actions[bot]"
_UNWRITTEN = "unwritten"
# What the host makes links of by itself: @name, #12, owner/name#12, GH-12, GHSA-…, CVE-…, and commits by their
# letters, seven or more (so they are parted after each six).
_REFERENCE = r"(?P<reference>[@#]|(?i:GH|GHSA|CVE)-(?=\w)|[0-9a-fA-F]{6}(?=[0-9a-fA-F]))"
_ON_LINES = 40
_LISTED = 200
_SENTENCE = 600
_TRIES = 3


@dataclass(frozen=True)
class Finding:
    """One thing to correct; ``sentences`` by language, ``better`` the line as it should be."""

    level: str
    code: str
    path: str
    line: int
    sentences: Mapping[str, str]
    now: str
    better: str | None


@dataclass(frozen=True)
class Proposal:
    """A pull request: its number, commit and address, where its files are edited and, by file, the lines
    of its diff, which may be commented on."""

    repository: str
    number: int
    commit: str
    url: str
    files: str
    lines: Mapping[str, Mapping[int, str]]


class Host:
    """GitHub's REST API, as much as an answer needs (docs.github.com/rest, version 2022-11-28)."""

    def __init__(self, api: str, token: str) -> None:
        self._api = api.rstrip("/")
        self._headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "User-Agent": "abc-answer",
            "X-GitHub-Api-Version": "2022-11-28",
        }

    def send(self, method: str, path: str, body: object = None) -> Any:
        """Returns what the host answers; tries again when it is the host that fails. Raises HTTPError, URLError."""
        data = None if body is None else json.dumps(body).encode()
        for attempt in range(_TRIES):
            request = urllib.request.Request(self._api + path, data, self._headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code < 500 or attempt + 1 == _TRIES:
                    raise
            except urllib.error.URLError:
                if attempt + 1 == _TRIES:
                    raise
            time.sleep(attempt + 1)
        raise AssertionError("every attempt returns or raises")

    def pages(self, path: str) -> Iterator[Any]:
        """Yields every entry of a list."""
        page, found = 1, [None] * 100
        while len(found) == 100:
            found = self.send("GET", f"{path}?per_page=100&page={page}")
            yield from found
            page += 1


def main(arguments: list[str]) -> int:
    """Runs the command; 0 nothing to correct, 1 something, 2 wrong usage."""
    names = ("GITHUB_TOKEN", "GITHUB_EVENT_PATH", "GITHUB_REPOSITORY")
    missing = [name for name in names if not os.environ.get(name)]
    if len(arguments) != 1 or missing:
        print(__doc__, *(f"{name} is not set." for name in missing), sep="\n", file=sys.stderr)
        return 2
    project = open_project(Path.cwd())
    host = Host(os.environ.get("GITHUB_API_URL", "https://api.github.com"), os.environ["GITHUB_TOKEN"])
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    proposal = read_proposal(host, event["pull_request"], os.environ["GITHUB_REPOSITORY"])
    findings = read_findings(Path(arguments[0]))
    words = {one: message_texts(project, one.code)["answer"] for one in project.languages}
    say_all(host, proposal, text(words, proposal, findings))
    if findings is not None:
        say_on_lines(host, proposal, words, findings)
    wrong = findings is None or any(one.level == "error" for one in findings)
    return 1 if wrong else 0


def read_findings(file: Path) -> list[Finding] | None:
    """Returns what the check found; None where it wrote nothing that can be read: it did not get to the end."""
    try:
        listed = json.loads(file.read_text("utf-8"))["findings"]
        found = [
            Finding(
                # A file just begun is valid, and is not to be published.
                "error" if one["code"] == _UNWRITTEN else one["level"], one["code"],
                one["path"], int(one["line"]), dict(one["sentences"]), one["now"], one["better"],
            )
            for one in listed
        ]  # fmt: skip
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return sorted(found, key=lambda one: (one.level, one.path, one.line))


def read_proposal(host: Host, pull: Mapping[str, Any], repository: str) -> Proposal:
    """Returns the pull request of an event, with the lines of its diff."""
    number = int(pull["number"])
    files = host.pages(f"/repos/{repository}/pulls/{number}/files")
    lines = {one["filename"]: right_lines(one.get("patch") or "") for one in files}
    url, commit = pull["html_url"], pull["head"]["sha"]
    # The repository a proposal comes from may have been deleted since.
    head = (pull["head"].get("repo") or pull["base"]["repo"])["html_url"]
    branch = urllib.parse.quote(pull["head"]["ref"])
    return Proposal(repository, number, commit, url, f"{head}/edit/{branch}", lines)


def right_lines(patch: str) -> dict[int, str]:
    """Returns the lines of a unified diff as they are after it, by number: those that can be commented on."""
    lines: dict[int, str] = {}
    number = 0
    for line in patch.split("\n"):
        if start := re.match(r"@@ -\d+(?:,\d+)? \+(\d+)", line):
            number = int(start[1])
        elif line[:1] in ("+", " "):
            lines[number] = line[1:]
            number += 1
    return lines


def text(words: Words, proposal: Proposal, findings: list[Finding] | None) -> str:
    """Returns the comment: in the default language and, folded, in every other."""
    said = {language: _said(own, language.code, proposal, findings) for language, own in words.items()}
    (_, first), *others = said.items()
    folded = [
        f'<details lang="{language.code}"><summary>{language.name}</summary>\n\n{other}\n\n</details>'
        for language, other in others
    ]
    return "\n\n".join([MARK, first, *folded])


def _said(words: Mapping[str, str], code: str, proposal: Proposal, findings: list[Finding] | None) -> str:
    checks = f"{proposal.url}/checks"
    if findings is None:
        return fill(words["unfinished"], {"checks": checks})
    errors = [one for one in findings if one.level == "error"]
    warnings = [one for one in findings if one.level != "error"]
    parts = [words["no_errors"]]
    if errors:
        parts = [_counted(words, "errors", len(errors)), _list(words, code, proposal, errors)]
    if warnings:
        title, listed = _counted(words, "warnings", len(warnings)), _list(words, code, proposal, warnings)
        parts.append(f"<details><summary>{title}</summary>\n\n{listed}\n\n</details>")
    if any(one.code.startswith("yaml_") for one in errors):
        parts.append(words["unread"])
    parts.append(fill(words["after_errors" if errors else "after"], {"checks": checks}))
    return "\n\n".join(parts)


def _counted(words: Mapping[str, str], name: str, count: int) -> str:
    return fill(words[f"{name}_one" if count == 1 else f"{name}_other"], {"count": count})


def _list(words: Mapping[str, str], code: str, proposal: Proposal, findings: list[Finding]) -> str:
    # Half of what fits in a comment, for the languages share it.
    room = 30_000 // max(len(findings[0].sentences), 1)
    lines: list[str] = []
    for one in findings[:_LISTED]:
        address = f"{proposal.files}/{urllib.parse.quote(one.path)}"
        place = plain(one.path)
        if one.line:
            place = fill(words["place"], {"file": place, "line": one.line})
            address += f"#L{one.line}"
        line = f"- [{place}]({address}): {_sentence(one, code)}"
        room -= len(line)
        if room < 0:
            break
        lines.append(line)
    if len(lines) < len(findings):
        lines.append("- " + fill(words["more"], {"count": len(findings) - len(lines)}))
    return "\n".join(lines)


def _sentence(one: Finding, code: str) -> str:
    return plain(str(one.sentences.get(code) or next(iter(one.sentences.values()), "")))


def plain(text: str) -> str:
    """Returns ``text`` as Markdown that shows it as it is, on one line; what stands between backticks stays code."""
    text = " ".join(text.split())
    text = text if len(text) <= _SENTENCE else text[:_SENTENCE] + "…"
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        part
        if place % 2
        else re.sub(
            rf"{_REFERENCE}|[^\w\s.,;:?¿¡()«»“”‘’'\"/%=—–…-]|(?<![^\W_])_|_(?![^\W_])|(?<=/)/|:(?=/)|(?<=www)\.",
            _entity,
            part,
        )
        for place, part in enumerate(parts)
    )


def _entity(match: re.Match[str]) -> str:
    # Names and numbers are looked for after Markdown: only something between keeps them from being found.
    return f"{match[0]}<!-- -->" if match["reference"] else f"&#{ord(match[0])};"


def say_all(host: Host, proposal: Proposal, body: str) -> None:
    """Writes the comment on the proposal as a whole: a new one, or the one there was."""
    comments = f"/repos/{proposal.repository}/issues/{proposal.number}/comments"
    mine = [one for one in host.pages(comments) if _is_ours(one) and MARK in one["body"]]
    if mine:
        host.send("PATCH", f"/repos/{proposal.repository}/issues/comments/{mine[0]['id']}", {"body": body})
    else:
        host.send("POST", comments, {"body": body})


def say_on_lines(host: Host, proposal: Proposal, words: Words, findings: Iterable[Finding]) -> None:
    """Writes a comment on each line of the diff where something is to be corrected; the list has the others."""
    wanted = {}
    for (path, line), here in _by_line(proposal, findings).items():
        body = _on_line(words, here)
        mark = hashlib.sha256(f"{path}\0{here[0].now}\0{body}".encode()).hexdigest()[:16]
        wanted[path, line, mark] = f"{body}\n\n<!-- abc:line {mark} -->"
    pull = f"/repos/{proposal.repository}/pulls"
    comments = list(host.pages(f"{pull}/{proposal.number}/comments"))
    answered = {one.get("in_reply_to_id") for one in comments}
    for one in comments:
        marked = _LINE_MARK.search(one["body"])
        if not _is_ours(one) or not marked:
            continue
        key = (one["path"], one.get("line"), marked[1])
        if key in wanted:
            del wanted[key]
        elif one["id"] not in answered:
            # What people said to it stays, and it with them.
            host.send("DELETE", f"{pull}/comments/{one['id']}")
    new = [
        {"path": path, "line": line, "side": "RIGHT", "body": body}
        for (path, line, _), body in list(wanted.items())[:_ON_LINES]
    ]
    if new:
        review = {"commit_id": proposal.commit, "event": "COMMENT", "comments": new}
        host.send("POST", f"{pull}/{proposal.number}/reviews", review)


def _by_line(proposal: Proposal, findings: Iterable[Finding]) -> dict[tuple[str, int], list[Finding]]:
    """Returns the findings that stand in the diff. The check saw the proposal joined to the main branch, where a
    line may have another number: it is found again by what it says."""
    found: dict[tuple[str, int], list[Finding]] = {}
    for one in findings:
        shown = proposal.lines.get(one.path, {})
        if not one.line or not shown:
            continue
        same = [number for number, text in shown.items() if text.rstrip("\r") == one.now.rstrip("\r")]
        if same:
            line = min(same, key=lambda number: abs(number - one.line))
            found.setdefault((one.path, line), []).append(one)
    return found


def _on_line(words: Words, findings: list[Finding]) -> str:
    parts = []
    for language, own in words.items():
        said = [
            f"**{own['error' if one.level == 'error' else 'warning']}** {_sentence(one, language.code)}"
            for one in findings
        ]
        parts.append("\n\n".join(said))
    better = findings[0].better
    if better is not None and better != findings[0].now:
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`*", better)))
        accept = " · ".join(own["accept"] for own in words.values())
        parts.append(f"{accept}\n\n{fence}suggestion\n{better}\n{fence}")
    return "\n\n---\n\n".join(parts)


def _is_ours(comment: Mapping[str, Any]) -> bool:
    return (comment.get("user") or {}).get("login") == _BOT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
