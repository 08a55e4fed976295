"""What whoever edits pages is told, what a machine puts right, and how translations are kept fresh."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from guide.checks import broken_markdown, check, fix, fixes, report
from guide.checks.corpus import numbers, read_site
from guide.checks.rendered import extensions, renderer
from guide.checks.style import Rules
from guide.reading.markdown import Source, parse
from guide.reading.problems import Problems
from guide.reading.project import open_project, open_texts, read_settings
from tests.conftest import CASE_FILES, ROOT, copy_small_project
from tests.documents import Document
from tests.model.test_loader import change

pytestmark = pytest.mark.usefixtures("keeping")
CASES = yaml.safe_load((CASE_FILES / "check-cases.yml").read_text("utf-8"))
PAGES = [
    case
    for case in CASES
    if all(
        one.get("file", "docs/es/guia.md") in ("docs/es/guia.md", "docs/en/guia.md") and "remove" not in one
        for one in case["changes"]
    )
]


def sentences(root: Path) -> list[str]:
    """Errors and warnings of the project at ``root``, in the order of files and lines."""
    project = open_project(root)
    found = check(project)
    found.errors.update(found.warnings)
    return found.errors.report(open_texts(project, "es")).splitlines()


def build_project(root: Path) -> Path:
    copy_small_project(root)
    return root


@pytest.fixture(scope="session")
def untouched(tmp_path_factory) -> set[str]:
    """What is said of the project as it stands: its files have no editor line."""
    told = sentences(build_project(tmp_path_factory.mktemp("untouched") / "project"))
    assert all("`make fix` la pone" in line for line in told)
    return set(told)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return build_project(tmp_path / "project")


def test_there_are_cases_enough():
    assert len(CASES) > 50


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_contributor_is_told_every_mistake_where_it_is(small: Path, untouched, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "docs/es/guia.md", **one})
    assert [line for line in sentences(small) if line not in untouched] == case["expect"]


def test_mistakes_on_many_pages_are_all_told_at_once(small: Path, untouched):
    """Every case about a page, each on pages of its own, beside a checklist that is no YAML."""
    wanted = ["checklists/dos.yml:2: hay un tabulador al inicio de la línea; use espacios."]
    (small / "checklists/dos.yml").write_text("title:\n\tes: Dos\n", "utf-8")
    nav = []
    for number in range(len(PAGES)):
        name = f"caso-{number:02}.md"
        for code in ("es", "en"):
            shutil.copy(small / f"docs/{code}/guia.md", small / f"docs/{code}/{name}")
        nav.append(f"      - {name}\n")
    change(small, "mkdocs.yml", **{"from": "      - guia.md\n", "to": "      - guia.md\n" + "".join(nav)})
    for number, case in enumerate(PAGES):
        name = f"caso-{number:02}.md"
        for one in case["changes"]:
            change(small, **{**one, "file": one.get("file", "docs/es/guia.md").replace("guia.md", name)})
        wanted += [line.replace("/guia.md", f"/{name}") for line in case["expect"] if "/index.md:" not in line]
    # A checklist that cannot be read still has its page, with any id: only that one case is silent.
    told = [line for line in sentences(small) if line not in untouched]
    assert sorted(told) == sorted(wanted)


def test_a_page_that_cannot_be_read_hides_no_other(small: Path, untouched):
    """It comes before the others in the order of names."""
    for code in ("es", "en"):
        (small / f"docs/{code}/antes.md").write_text("---\ntitle: A\n---\n" + "palabra " * 260_000, "utf-8")
    assert [line for line in sentences(small) if line not in untouched] == [
        "docs/en/antes.md: el archivo pasa de 2000 kB; divídalo.",
        "docs/es/antes.md: el archivo pasa de 2000 kB; divídalo.",
    ]


def test_the_report_counts_the_words_of_every_sentence(small: Path):
    change(small, "docs/es/guia.md", **{"from": "El cabildo.", "to": f"El {'muy ' * 50}largo."})
    words = open_texts(open_project(small), "es")["reading"]
    told = report.text(read_site(open_project(small), Problems()), words).splitlines()
    assert told[0] == words["title"] and len(told) == 6
    assert "docs/es/guia.md: 89 palabras, 9 frases, 10 por frase, la más larga 52 (línea 24)" in told
    assert any(line.startswith("docs/es/guia.md:24: ") and "52" in line for line in told)


def test_the_check_knows_every_page_and_anchor_of_the_built_site(documents):
    """Whoever adds a generated page says so in ``guide.model.kinds``, or no link to it would be right."""
    site = read_site(open_project(ROOT), Problems())
    built = {path: document for path, document in documents.items() if path.split("/")[0] not in site.project.codes[1:]}

    def address(page: str) -> str:
        return re.sub(r"(^|/)index$", "", page.removesuffix(".md")).strip("/")

    assert {address(page) for page in site.paths} == {path.strip("/") for path in built}
    for page in site.paths:
        name = address(page)
        ids = site.ids(site.project.default, page)
        assert ids is None or set(ids) <= set(built[f"{name}/" if name else ""].ids), page


# What is told apart by lines, and what Python-Markdown makes of it

ODD_PAGE = """
Text with `code [no](link.md)` and [a link](a.md "title"), ![an image](b.png)
over two lines with [another
link](c.md#d) and [one by name][Name].

- An item
  that goes on

    A paragraph of the item with [x](x.md).

    - An inner item
- The next one

    ```text
    ## A fence does not work in a list {#trap}
    ```

1. One
2. Two

!!! note "A title with [y](y.md)"
    Text right below.

    ## Inside {#inside}

    | a | b |
    |---|---|
    | 1 | 2 |

After.

    ## Indented code {#code}
    [no](no.md)

~~~
## fenced {#no}
~~~

<div class="box" markdown>

### In a box {#box .wide}

</div>

<!-- ## A comment {#comment} [no](no.md) -->

> A quote with [z](z.md)
> over lines.

#### With hashes #### {#hashes}

a | b
--|--
`|` | [t](t.md)

??? note "Folded, with [f](f.md)"

    - [ ] An item to do, with [g](g.md)
    - [x] One that is done

???+ "Open"
    ### Inside what folds {#folded}

=== "A tab"

    | a | b |
    |---|---|
    | 1 | 2 |

    1. One

=== "Another"

    ## In a tab {#tab}

A note[^one] and another[^two] of :material-account: ABC.

[^one]: What the note says, with [h](h.md),
    and goes on.

    - An item of the note

[^two]: The other.

*[ABC]: [no](no.md)

A term
:   What it means, with [i](i.md).

    - An item of it

Another term

:   And its own.

<div class="grid cards" markdown>

-   :material-account: **Card**

    ---

    With [j](j.md).

</div>

[name]: named.md
"""


# Without the empty lines that would tell where a list or a box ends.
DENSE_PAGE = """
- One
    - Two
- Three

        [no](no.md)

!!! note
    Text.
## Right after {#after}

    [no](no.md)

- One
    - Two
        - Three
- Four

    [a](a.md)
"""


def rendered(text: str) -> Document:
    return Document(renderer(extensions(read_settings(open_project(ROOT)))).reset().convert(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("250,000 o 250 mil o 250.000", ["250", "250", "250"]),
        ("1,500 y 1.500 y 1500", ["1500"] * 3),
        ("1,234,567.25 and 1.234.567,25", ["1234567.25"] * 2),
        ("12,5 % or 12.5%", ["12.5"] * 2),
        ("3.1416 y 0,0005", ["3.1416", "0.0005"]),
        ("1,000,000 y 1 millón", ["1", "1"]),
        ("2026-11-30, 115-II, 10,000km", ["2026", "11", "30", "115", "10"]),
        ("17.3.", ["17.3"]),
        ("nada", []),
    ],
)
def test_figures_are_the_same_however_a_language_writes_them(text: str, found: list[str]):
    assert numbers(text) == found


# Lines around a front matter, as hands and programs leave them.
FENCES = st.tuples(
    st.sampled_from(["---", "---", "...", "--", "----", "–––", ""]), st.sampled_from(["", " ", "\t ", "x"])
)


@settings(max_examples=200, deadline=None)
@given(first=FENCES, last=FENCES, body=st.sampled_from(["title: Uno\n", "title: Uno\nshort: Dos\n"]))
@example(first=("---", " "), last=("---", "\t "), body="title: Uno\n")
@example(first=("---", ""), last=("...", " "), body="title: Uno\n")
def test_front_matter_begins_and_ends_where_the_engine_says(first: tuple, last: tuple, body: str):
    text = f"{''.join(first)}\n{body}{''.join(last)}\n## Primera {{#primera}}\n"
    whole, meta = get_data(text)
    source = parse("x.md", text)
    assert yaml.safe_load(source.front or "{}") == meta, text
    assert "\n".join(source.lines[source.start - 1 :]).strip() == whole.strip(), text


def pages() -> list[tuple[str, str]]:
    found = [
        (path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in sorted((ROOT / "docs").rglob("*.md"))
    ]
    return [*found, ("odd", ODD_PAGE), ("dense", DENSE_PAGE)]


@pytest.mark.parametrize("name, text", pages(), ids=[name for name, _ in pages()])
def test_pages_are_read_as_python_markdown_reads_them(name: str, text: str):
    source = parse(name, text)
    document = rendered("\n".join(source.lines[source.start - 1 :]))
    headings = [(one.tag, one["id"]) for one in document.elements if re.fullmatch("h[1-6]", one.tag)]
    assert [(f"h{one.level}", one.name) for one in source.headings] == headings
    # The ways between a note and its mark are nobody's links, and a note is no item.
    links = [one["href"] for one in document.find("a") if not (one["class"] or "").startswith("footnote")]
    notes = sum((one["id"] or "").startswith("fn-") for one in document.find("li"))
    assert sorted(one.target for one in source.links if not one.image) == sorted(links)
    assert [one.target for one in source.links if one.image] == [one["src"] for one in document.find("img")]
    assert sum(one.shape[0] for one in source.blocks) == len(document.find("tr"))
    assert sum(one.kind == "item" for one in source.blocks) == len(document.find("li")) - notes
    assert sum(one.kind == "code" for one in source.blocks) == len(document.find("pre"))
    for one in source.headings:
        assert one.text in source.lines[one.line - 1]
    for one in source.links:
        assert one.target in "\n".join(source.lines[one.line - 1 : one.line + 1]) or name == "odd"


# With marks in all places where a block may begin and end, and a comment of several lines.
LINED_PAGE = f"---\ntitle: Uno\n---\n{ODD_PAGE}\n<!-- One\n\n## Two {{#two}}\n\nthree -->\nAnd text.\n"


def whole(source: Source) -> None:
    """No line of a page is lost between its blocks, and each block says its own lines."""
    found: set[int] = set()
    for one in source.blocks:
        for place, said in enumerate(one.text.split("\n"), one.line):
            assert said.strip() in source.lines[place - 1].expandtabs(4), (one, place)
            found.add(place)
        # The line under a heading of two lines.
        found |= {place + 1} if one.kind == "setext" else set()
    written = {place for place, line in enumerate(source.lines, 1) if line.strip() and place >= source.start}
    inside = {place for place in found if not source.lines[place - 1].strip()}
    assert found - inside == written


def test_every_line_of_a_page_is_in_one_of_its_blocks():
    for name, text in [*pages(), ("lined", LINED_PAGE)]:
        source = parse(name, text)
        whole(source)
        comments = [one.text for one in source.blocks if one.kind == "comment"]
        assert comments == re.findall(r"(?ms)^<!--.*?-->", "\n".join(source.lines)), name


MARKS = st.sampled_from(
    [
        "---\n",
        "```",
        "[",
        "](",
        ")",
        "{#",
        "}",
        "|",
        "!!! ",
        "    ",
        "\n\n",
        "<",
        "<!--",
        "\t",
        "&",
        "\\",
        "\0",
        "#",
        '"',
        "\r",
    ]
) | st.text(max_size=5)


def damaged(data: st.DataObject, text: str) -> str:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + data.draw(MARKS) + text[end:]
    return text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_page_damaged_anywhere_is_never_a_traceback(small: Path, data: st.DataObject):
    text = damaged(data, (ROOT / "tests/project/docs/en/guia.md").read_text("utf-8"))
    (small / "docs/en/guia.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    sentences(small)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_mending_a_damaged_page_twice_is_mending_it_once(data: st.DataObject):
    text = damaged(data, ODD_PAGE)
    rules = Rules({"straight_quotes": "forbidden"})
    once, _ = fixes.page("x.md", text, rules, {}, invent=True)
    # A mend may bring another into sight (an id, a paragraph that ends elsewhere): never for ever.
    for _ in range(3):
        once, left = fixes.page("x.md", once, rules, {}, invent=True)
    assert left == []


# What a machine puts right


def test_fix_puts_right_what_a_machine_can_and_says_so(small: Path, untouched):
    spanish, english = small / "docs/es/guia.md", small / "docs/en/guia.md"
    text = spanish.read_text("utf-8")
    text = text.replace("¿Quién firma? El cabildo.", '¿Quién  firma?\u00a0El "cabildo". ').replace(" {#detalle}", "")
    spanish.write_bytes(text.rstrip("\n").replace("\n", "\r\n").encode())
    english.write_text(english.read_text("utf-8").replace(" {#segunda}", "").replace(" {#detalle}", ""), "utf-8")
    assert any("identificador" in line for line in sentences(small))
    done = fix(open_project(small)).report(open_texts(open_project(small), "es"))
    assert "docs/es/guia.md:22: se puso el identificador {#detalle}." in done
    assert "docs/en/guia.md:28: se puso el identificador {#segunda}." in done
    assert "docs/es/guia.md:24: comillas rectas" in done
    assert "¿Quién firma? El «cabildo».\n" in spanish.read_text("utf-8")
    assert b"\r" not in spanish.read_bytes() and spanish.read_bytes().endswith(b"```\n")
    assert sentences(small) == []
    before = {path: path.read_bytes() for path in small.rglob("*.*")}
    assert len(fix(open_project(small))) == 0
    assert {path: path.read_bytes() for path in small.rglob("*.*")} == before


def test_fix_leaves_code_tables_and_hard_breaks_alone(small: Path):
    page = small / "docs/es/guia.md"
    kept = 'Una línea  \ny otra con `a  "b"`.\n\n| a  | "b" |\n|----|---|\n| 1  | 2 |\n\n```text\nx  "y" 1\u00a0m\n```\n\n<p>1\u00a0m</p>\n'
    page.write_text(page.read_text("utf-8").replace("¿Quién firma? El cabildo.\n", kept), "utf-8")
    fix(open_project(small))
    assert kept in page.read_text("utf-8")


def test_fix_makes_lists_of_what_word_makes_them_of(small: Path):
    page = small / "docs/es/guia.md"
    told = "Firman:\n• el cabildo\n• la otra ciudad\n\n1) Uno\n2.- Dos\n\nVea:\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    page.write_text(page.read_text("utf-8").replace("¿Quién firma? El cabildo.\n", told), "utf-8")
    fix(open_project(small))
    wanted = "Firman:\n\n- el cabildo\n- la otra ciudad\n\n1. Uno\n2. Dos\n\nVea:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert wanted in page.read_text("utf-8")


def test_fix_parts_the_letters_that_a_pdf_joins(small: Path):
    page, data = small / "docs/es/guia.md", small / "checklists/uno.yml"
    change(small, "docs/es/guia.md", **{"from": "El cabildo.", "to": "La o\ufb03cina \ufb01rma el a\u2011b, m² y ª."})
    change(small, **{"from": "es: Porque sí.", "to": "es: Porque \ufb02uye."})
    fix(open_project(small))
    assert "La officina firma el a-b, m² y ª." in page.read_text("utf-8")
    assert "es: Porque fluye." in data.read_text("utf-8")
    assert sentences(small) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sale de la ciudad el día\n5. de cada mes.\n",
        "Elija:\na) el cabildo\nb) la alcaldía\n",
        "Son -5 grados\n-5 más que ayer.\n",
        "El orden es el que\nva. Después se firma:\nya. Antes, no.\n",
        "Pasó en el año:\n1987. Nadie lo recuerda.\n",
    ],
)
def test_fix_makes_no_list_where_there_is_a_doubt(small: Path, text: str):
    page = small / "docs/es/guia.md"
    page.write_text(page.read_text("utf-8").replace("¿Quién firma? El cabildo.\n", text), "utf-8")
    fix(open_project(small))
    assert text in page.read_text("utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_fix_saves_in_utf8_what_another_program_saved_otherwise(small: Path, encoding: str):
    kept = {file: (small / file).read_text("utf-8") for file in ("docs/es/guia.md", "checklists/uno.yml")}
    for file, text in kept.items():
        (small / file).write_bytes(text.encode(encoding))
    assert sum("UTF-8" in line for line in sentences(small)) == 2
    fix(open_project(small))
    assert sentences(small) == []
    assert (small / "docs/es/guia.md").read_text("utf-8") == kept["docs/es/guia.md"]
    assert (small / "checklists/uno.yml").read_text("utf-8").endswith(kept["checklists/uno.yml"])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("\ufeffUno.\nDos.\n", ["mend_endings"]),
        ("Uno.\r\nDos.\r\n", ["mend_endings"]),
        ("Uno.\rDos.\r", ["mend_endings"]),
        ("\ufeffUno.\r\nDos.\r\n", ["mend_endings"]),
        ("Uno.\nDos.", ["mend_final"]),
        ("Uno.\nDos.\n\n\n", ["mend_final"]),
        ("\ufeffUno.\nDos.", ["mend_endings", "mend_final"]),
    ],
)
def test_a_file_begins_with_its_text_and_ends_with_one_line_break(text: str, codes: list[str]):
    whole, rules = "Uno.\nDos.\n", Rules({"straight_quotes": "forbidden"})
    made, mends = fixes.page("x.md", text, rules, {}, invent=False)
    assert (made, [one.code for one in mends]) == (whole, codes)
    assert fixes.page("x.md", whole, rules, {}, invent=False) == (whole, [])


def test_fix_takes_out_what_no_keyboard_writes(small: Path):
    """Also where it keeps a file from being YAML at all."""
    page, data = small / "docs/es/guia.md", small / "checklists/uno.yml"
    clean = page.read_text("utf-8")
    page.write_text(clean.replace("Mapa de la región", "Mapa de\u2028la regio\u0301n\x0b\x00"), "utf-8")
    before = data.read_text("utf-8")
    data.write_text(before.replace("  es: Lista uno", "\u00a0\u00a0es:\u00a0Lista uno"), "utf-8")
    for _ in range(2):
        fix(open_project(small))
    assert page.read_text("utf-8").replace("región ]", "región]") == clean
    assert data.read_text("utf-8").endswith(before)


def test_the_check_knows_the_boxes_that_have_a_look():
    styles = "".join(path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.css"))
    named = re.findall(r"\.admonition(?:\.([a-z]+)|:is\(([a-z., ]+)\))", styles)
    # The others look as any box does.
    plain = {"abstract", "note", "quote"}
    assert set(re.findall(r"[a-z]+", str(named))) | plain == set(broken_markdown.ADMONITIONS)
