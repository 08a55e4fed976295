"""``python -m guide check`` and ``python -m guide ids``, run from the project's root.

``check`` reads all content without building the site and lists every mistake (exit code 1), words
that the glossary says not to write included.
``ids`` adds new ids to the committed list of published ids.
"""

from __future__ import annotations

import sys
from pathlib import Path

from guide.content import Content, load
from guide.problems import ContentError, report
from guide.project import Project, Texts, fill, message_language, open_project, open_texts


def main(arguments: list[str]) -> int:
    """Runs a command; gives the exit code: 0 well, 1 mistakes in the content, 2 wrong usage."""
    commands = {"check": check, "ids": add_ids}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    project = open_project(Path.cwd())
    texts = open_texts(project, message_language(project))
    try:
        content = load(project, texts=arguments[0] == "check")
    except ContentError as error:
        print(report(error, texts), file=sys.stderr)
        return 1
    commands[arguments[0]](project, content, texts)
    return 0


def check(project: Project, content: Content, texts: Texts) -> None:
    words = texts["problems"]
    if content.unlisted:
        print(fill(words["unlisted"], {"ids": ", ".join(content.unlisted)}))
    counts = {
        "checklists": len(content.checklists),
        "criteria": sum(len(one.criteria) for one in content.checklists),
        "sources": len(content.sources),
        "networks": len(content.catalogue.networks),
        "practices": len(content.catalogue.practices),
        "terms": len(content.glossary.terms),
    }
    print(fill(words["ok"], counts))


def add_ids(project: Project, content: Content, texts: Texts) -> None:
    words = texts["problems"]
    if not content.unlisted:
        print(words["nothing_new"])
        return
    path = project.data / "published-ids.yml"
    head = "".join(
        line for line in path.read_text("utf-8").splitlines(keepends=True) if line.startswith("#")
    )
    listed = {one.id: one.ids for one in content.checklists}
    lines = [head, "checklists:\n"]
    for id, criteria in sorted(listed.items()):
        lines += [f"  - id: {id}\n", "    criteria:\n"]
        lines += [f"      - {criterion}\n" for criterion in criteria]
    for name, entries in (("networks", content.catalogue.networks), ("practices", content.catalogue.practices)):
        if entries:
            lines += [f"{name}:\n", *(f"  - {id}\n" for id in sorted(one.id for one in entries))]
    lines += ["terms:\n", *(f"  - {id}\n" for id in sorted(content.glossary.ids))]
    lines += ["tools:\n", *(f"  - {id}\n" for id in content.tools.ids)]
    path.write_text("".join(lines), "utf-8")
    print(fill(words["listed"], {"ids": ", ".join(content.unlisted)}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
