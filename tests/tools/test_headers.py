"""What a file and a function are for is said by a verb and its object, then why (decisions/0008-words.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.scripts import SCRIPTS

# The verbs that are used: a list, since a plural looks like one ("Terms of a list"). Another verb is added here.
_VERBS = """
Adds Answers Asks Begins Brings Builds Bundles Calls Changes Checks Chooses Cleans Collects Compares Completes
Composes Copies Counts Deletes Does Draws Ends Explains Fills Filters Finds Formats Gives Goes Groups Guesses Hands
Has Helps Holds Installs Joins Keeps Lays Leaves Lets Links Lists Loads Looks Makes Measures Moves Names Offers Opens
Orders Packs Parts Plans Prints Publishes Puts Reads Records Reports Returns Rounds Runs Saves Says Scores Searches
Serves Sets Shows Spreads Starts Takes Tells Tries Waits Writes Yields
"""
VERBS = frozenset(_VERBS.split())
# After one of these, the first word was the thing and not what is done to it: "Answers of several".
_OF_A_THING = {"of", "as", "is", "are"}

_HEADER = re.compile(r"/\*(?!\*)(.*?)\*/", re.DOTALL)
_DOC = r"(?:/\*\*((?:(?!\*/).)*)\*/\n)?"
_EXPORTED = re.compile(
    rf"^{_DOC}export (?:(?:async )?function\*? (\w+)|const (\w+) = (?:async )?(?:\w+|\([^;]*?\)) =>)",
    re.DOTALL | re.MULTILINE,
)


def says_what_it_does(text: str) -> bool:
    """Tells whether a text begins with a verb in the third person."""
    first, _, rest = " ".join(text.split()).partition(" ")
    return first.rstrip(",") in VERBS and rest.partition(" ")[0] not in _OF_A_THING


def prose(comment: str) -> str:
    """Returns what a comment of a script says, without its stars and its tags."""
    said = re.sub(r"^[ \t]*\*", "", comment, flags=re.MULTILINE)
    return re.split(r"(?:^|\s)@\w", said, maxsplit=1)[0].strip()


def of_script(text: str) -> Iterator[tuple[str, str]]:
    """Yields what a script says of itself and of each function that it exports, "" where it says nothing."""
    header = _HEADER.match(text)
    yield "the file", prose(header[1]) if header else ""
    for doc, name, arrow in _EXPORTED.findall(text):
        yield name or arrow, prose(doc)


def of_python(path: Path) -> Iterator[tuple[str, str]]:
    """Yields what a file in Python says of itself and of each function that says something; not of properties."""
    tree = ast.parse(path.read_text("utf-8"))
    yield "the file", ast.get_docstring(tree) or ""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and "property" not in map(ast.unparse, node.decorator_list):
            if said := ast.get_docstring(node):
                yield node.name, said


@pytest.mark.parametrize(
    "text",
    [
        "The dossier of an assessment.",
        "What a group answered.",
        "Whether a plan says anything.",
        "On the page of results: who reviewed.",
        "Terms of a list of definitions.",
        "Answers as a learning platform keeps them.",
        "",
    ],
)
def test_a_thing_is_no_verb(text: str):
    assert not says_what_it_does(text)


def test_scripts_say_what_they_do():
    found = {
        f"{path.relative_to(ROOT / SCRIPTS)}: {name}: {said[:60]}"
        for path in (ROOT / SCRIPTS).rglob("*.js")
        for name, said in of_script(path.read_text("utf-8"))
        if not says_what_it_does(said)
    }
    assert not found, "\n".join(sorted(found))


def test_functions_that_scripts_export_are_found():
    text = "/* Does it. */\n\n/** The one. @param {A} a */\nexport const one = (a) => a;\n"
    text += "/**\n * Gives\n * two.\n *\n * @param {A} a\n */\nexport async function two(a) {}\nexport function* three() {}\n"
    text += '/** All. */\nexport const ALL = ["a"];\n'
    assert list(of_script(text)) == [
        ("the file", "Does it."),
        ("one", "The one."),
        ("two", "Gives\n two."),
        ("three", ""),
    ]


def test_tools_and_rooms_say_what_they_do():
    for folder in ("tools", "benchmarks", "hooks/guide"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for name, said in of_python(path):
                # What checks hold is said as a rule; a package may say nothing.
                is_rule = folder == "hooks/guide" and name != "the file"
                if is_rule or (path.name == "__init__.py" and not said):
                    continue
                assert says_what_it_does(said), f"{path.relative_to(ROOT)}: {name}: {said[:60]}"
