"""What somebody who proposes a change is answered: from the mistake in a file to the comments on its line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import markdown
import pytest
import yaml

from tests.authoring.test_command import guide as run_alone
from tests.authoring.test_command import run as guide
from tests.checks.test_check import build_project
from tests.checks.test_freshness import git
from tests.conftest import ROOT
from tests.documents import Document
from tests.host import BOT, NUMBER, TOKEN, FakeHost, serve_host
from tests.model.test_loader import change
from tools import answer

SPANISH, ENGLISH, CHECKLIST = "docs/es/guia.md", "docs/en/guia.md", "checklists/uno.yml"


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose main branch has nothing wrong, on the branch of a proposal. Nothing may write to it."""
    root = build_project(tmp_path_factory.mktemp("proposed") / "proposal")
    guide("check", root, "--fix")
    guide("reviewed", root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    git(root, "checkout", "-qb", "head")
    return root


@pytest.fixture
def host(proposed: Path, tmp_path: Path) -> FakeHost:
    """The same, to propose changes to."""
    return FakeHost(shutil.copytree(proposed, tmp_path / "proposal"))


@pytest.fixture
def propose(host: FakeHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """``propose()`` commits what was changed and runs what the workflow runs; gives its exit code."""
    event, findings = tmp_path / "event.json", tmp_path / "findings.json"
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    monkeypatch.setenv("GITHUB_REPOSITORY", "ciudades/abc")
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setattr(answer.time, "sleep", lambda seconds: None)
    with serve_host(host) as address:
        monkeypatch.setenv("GITHUB_API_URL", address)

        def propose() -> int:
            git(host.root, "add", "-A")
            git(host.root, "commit", "-q", "--allow-empty", "-m", "change")
            event.write_text(json.dumps(host.event()), "utf-8")
            git(host.root, "checkout", "-q", "--detach")
            git(host.root, "merge", "-q", "--no-edit", "main")
            guide("check", ROOT, "--root", str(host.root), "--findings", str(findings))
            git(host.root, "checkout", "-q", "head")
            return answer.main([str(findings)])

        yield propose


def shown(host: FakeHost) -> Document:
    """The one comment on the proposal, as a page."""
    (comment,) = host.comments
    assert comment["user"]["login"] == BOT
    return Document(markdown.markdown(comment["body"], extensions=["md_in_html"]))


def on_lines(host: FakeHost) -> dict[tuple[str, int], str]:
    return {(one["path"], one["line"]): one["body"] for one in host.on_lines}


def test_a_mistake_is_answered_on_the_proposal_and_on_its_line(host: FakeHost, propose):
    change(host.root, SPANISH, **{"from": "](index.md)", "to": "](indes.md)"})
    change(host.root, CHECKLIST, **{"from": "order:", "to": "ordr:"})
    assert propose() == 1
    (body,) = [one["body"] for one in host.comments]
    assert body.index("errores por corregir.**") < body.index("<details") < body.index("errors to correct.**")
    address = "https://host.example/ana/abc/edit/un%20cambio/docs/es/guia.md#L6"
    assert f"- [docs/es/guia.md, línea 6]({address}): no existe la página «indes.md»" in body
    assert f"- [docs/es/guia.md, line 6]({address}): the page “indes.md” does not exist" in body
    told = on_lines(host)
    assert "¿quiso escribir «index.md»?" in told[SPANISH, 6] and "did you mean “index.md”?" in told[SPANISH, 6]
    line = "Una frase que abre, con un enlace al [inicio](index.md)."
    assert f"```suggestion\n{line}\n```" in told[SPANISH, 6]
    (key,) = [text for (path, _), text in told.items() if path == CHECKLIST]
    assert "**Por corregir:** ordr: «ordr» no es una llave conocida" in key and "```suggestion\norder: 1\n```" in key


def test_the_answer_counts_what_is_to_be_corrected_and_folds_what_is_not(host: FakeHost, propose):
    change(host.root, CHECKLIST, **{"from": "order:", "to": "ordr:"})
    change(host.root, SPANISH, **{"from": "El cabildo.", "to": "El  cabildo."})
    assert propose() == 1
    (body,) = [one["body"] for one in host.comments]
    assert "**Hay un error por corregir.**" in body and "**There is one error to correct.**" in body
    listed, folded = body.split("<summary>1 aviso, que no impide publicar</summary>")
    assert "¿quiso escribir «order»?" in listed and "guia.md, línea 24" not in listed
    assert "guia.md, línea 24" in folded and "**Aviso:**" in on_lines(host)[SPANISH, 24]


def test_accepting_what_is_suggested_leaves_nothing_to_correct(host: FakeHost, propose):
    change(host.root, SPANISH, **{"from": "](index.md)", "to": "](indes.md)"})
    change(host.root, SPANISH, **{"from": "El cabildo.", "to": 'El "cabildo".  '})
    change(host.root, ENGLISH, **{"from": "{#detalle}", "to": "{#detail}"})
    change(host.root, CHECKLIST, **{"from": "order:", "to": "ordr:"})
    assert propose() == 1
    suggested = {place: body for place, body in on_lines(host).items() if "```suggestion" in body}
    assert len(suggested) == 4
    for (path, line), body in suggested.items():
        file = host.root / path
        lines = file.read_text("utf-8").split("\n")
        lines[line - 1] = body.split("```suggestion\n")[1].split("\n```")[0]
        file.write_text("\n".join(lines), "utf-8")
    assert propose() == 0
    assert "El «cabildo»." in (host.root / SPANISH).read_text("utf-8")


@pytest.mark.parametrize(
    "wrong, right",
    [
        ("es: Porque sí: hay plan.", 'es: "Porque sí: hay plan."'),
        ("es: @gobierno lo pide.", 'es: "@gobierno lo pide."'),
        ("es:Porque sí.", "es: Porque sí."),
        ("es: Porque sí,\nporque hay plan.", "  porque hay plan."),
        ("es: Porque «sí»: @plan.", 'es: "Porque «sí»: @plan."'),
    ],
)
def test_what_yaml_does_not_take_comes_with_what_it_takes(host: FakeHost, propose, wrong: str, right: str):
    change(host.root, CHECKLIST, **{"from": "es: Porque sí.", "to": wrong})
    assert propose() == 1
    (body,) = [body for body in on_lines(host).values() if "suggestion" in body]
    assert f"```suggestion\n      {right}\n```" in body
    wrong = wrong.rpartition("\n")[2]
    change(host.root, CHECKLIST, **{"from": wrong, "to": right if right[0] != " " else f"      {right}"})
    assert propose() == 0


def test_the_answer_is_brought_up_to_date_and_never_said_twice(host: FakeHost, propose):
    change(host.root, SPANISH, **{"from": "](index.md)", "to": "](indes.md)"})
    change(host.root, CHECKLIST, **{"from": "order:", "to": "ordr:"})
    assert propose() == 1
    first = {one["id"]: one["path"] for one in host.on_lines}
    assert len(host.comments) == 1 and set(first.values()) == {SPANISH, CHECKLIST}
    assert propose() == 1
    assert {one["id"]: one["path"] for one in host.on_lines} == first
    change(host.root, SPANISH, **{"from": "](indes.md)", "to": "](index.md)"})
    assert propose() == 1
    # What was put right is no longer said, what is still wrong stays where it was.
    left = {one["id"]: one["path"] for one in host.on_lines}
    assert set(left.values()) == {CHECKLIST} and left.items() < first.items()
    change(host.root, CHECKLIST, **{"from": "ordr:", "to": "order:"})
    assert propose() == 0
    assert host.on_lines == [] and "**Sin errores.**" in host.comments[0]["body"]
    assert "pull/7/checks" in host.comments[0]["body"]


def test_what_people_said_stays(host: FakeHost, propose):
    host.say("comments", "ana", body="Hola <!-- abc:answer -->")
    change(host.root, SPANISH, **{"from": "](index.md)", "to": "](indes.md)"})
    assert propose() == 1
    assert [one["user"]["login"] for one in host.comments] == ["ana", BOT]
    (ours,) = [one for one in host.on_lines if one["path"] == SPANISH]
    host.say("on_lines", "ana", path=SPANISH, line=6, body="¿Cuál?", in_reply_to_id=ours["id"])
    change(host.root, SPANISH, **{"from": "](indes.md)", "to": "](index.md)"})
    assert propose() == 0
    assert [one["user"]["login"] for one in host.on_lines] == [BOT, "ana"]
    assert host.comments[0]["body"].startswith("Hola")


def test_lines_are_found_where_the_main_branch_has_gone_on(host: FakeHost, propose):
    git(host.root, "checkout", "-q", "main")
    for file, text in ((SPANISH, "Otra frase que abre."), (ENGLISH, "Another opening sentence.")):
        change(host.root, file, **{"from": "\n---\n\n", "to": f"\n---\n\n{text}\n\n"})
    git(host.root, "commit", "-qam", "more")
    git(host.root, "checkout", "-q", "head")
    change(host.root, SPANISH, **{"from": "[primera parte](#primera)", "to": "[primera parte](#primra)"})
    assert propose() == 1
    where = (host.root / SPANISH).read_text("utf-8").split("\n").index("2. Vea la [primera parte](#primra).") + 1
    assert list(on_lines(host)) == [(SPANISH, where)]


def test_what_stands_outside_the_change_is_in_the_list_only(host: FakeHost, propose):
    """The Spanish heading changes its id: it is the English page that is out of step now."""
    change(host.root, SPANISH, **{"from": "{#detalle}", "to": "{#detalles}"})
    assert propose() == 1
    assert all(path == SPANISH for path, _ in on_lines(host))
    assert f"{ENGLISH}, línea" in host.comments[0]["body"]


def test_a_strangers_words_are_shown_as_text(host: FakeHost, propose):
    evil = "@todos <img src=x onerror=alert(1)> [pulse](https://evil.example) ![](https://evil.example/i.png) www.evil.example"
    change(host.root, CHECKLIST, **{"from": "order:", "to": f"'{evil}':"})
    change(host.root, SPANISH, **{"from": "](index.md)", "to": f"](<{evil.replace('<', '').replace('>', '')}>)"})
    assert propose() == 1
    page = shown(host)
    assert {one["href"].split("/edit/")[0] for one in page.find("a")} <= {
        "https://host.example/ana/abc", "https://host.example/ciudades/abc/pull/7/checks",
    }  # fmt: skip
    assert page.find("img") == [] and page.find("strong")
    said = [host.comments[0]["body"], *on_lines(host).values()]
    for text in said:
        outside = "".join(part for place, part in enumerate(text.split("```")) if place % 2 == 0)
        assert (
            "@todos" not in outside and "@&#" not in outside and "https://evil" not in outside and "<img" not in outside
        )
        assert "www.evil" not in outside


@pytest.mark.parametrize(
    "text, page",
    [
        ("a_b c-d «e»: f?", "a_b c-d «e»: f?"),
        ("use `make fix`, no `<b>`", "use <code>make fix</code>, no <code>&lt;b&gt;</code>"),
        ("**a** __b__ #1 a`b", "**a** __b__ #1 a`b"),
        ("one\n\n# two", "one # two"),
    ],
)
def test_plain_text_reads_as_it_is(text: str, page: str):
    html = markdown.markdown(answer.plain(text))
    assert Document(html).find("p")[0].text == Document(f"<p>{page}</p>").find("p")[0].text
    assert html.count("<code>") == page.count("<code>") and "<h1>" not in html and "<strong>" not in html


def test_thousands_of_mistakes_fit_in_a_comment(host: FakeHost, propose):
    text = (host.root / SPANISH).read_text("utf-8")
    more = "\n".join(f"- [Enlace {n}](no-existe-{n}.md)" for n in range(1500))
    (host.root / SPANISH).write_text(f"{text}\n{more}\n", "utf-8")
    assert propose() == 1
    assert len(host.on_lines) == 40
    assert "más; corrija primero estos" in host.comments[0]["body"]
    assert len(host.comments[0]["body"]) < 65_536


@pytest.mark.parametrize(
    "wrong, line, told",
    [
        ({"from": "nav:\n", "to": "nav\n"}, 14, "faltan los dos puntos"),
        ({"from": "locale: en", "to": "locale:"}, 0, "los idiomas del sitio"),
        ({"from": "plugins:", "to": "plugin:"}, 0, "los idiomas del sitio"),
        ({"from": "  - i18n:", "to": "\t- i18n:"}, 5, "hay un tabulador"),
    ],
)
def test_settings_that_cannot_be_read_are_told_too(host: FakeHost, propose, wrong: dict, line: int, told: str):
    """Who adds a chapter adds it to ``mkdocs.yml``."""
    change(host.root, "mkdocs.yml", **wrong)
    assert propose() == 1
    (body,) = [one["body"] for one in host.comments]
    place = f"mkdocs.yml, línea {line}]" if line else "mkdocs.yml]"
    assert f"- [{place}" in body and told in body and "There is one error" in body


def test_a_check_that_did_not_end_says_so(host: FakeHost, propose, tmp_path: Path):
    assert propose() == 0
    for text in ("", "[]", '{"findings": [{}]}', '{"findings": 3}', None):
        file = tmp_path / "broken.json"
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_text(text, "utf-8")
        assert answer.main([str(file)]) == 1
        (comment,) = host.comments
        assert "no llegó al final" in comment["body"] and "did not get to the end" in comment["body"]


def test_a_host_that_fails_for_a_moment_is_asked_again(host: FakeHost, propose):
    host.failures = [502, 503]
    assert propose() == 0
    assert len(host.comments) == 1


def test_long_lists_of_the_host_are_read_to_the_end(host: FakeHost, propose):
    for number in range(230):
        host.say("comments", "ana", body=f"Comentario {number}")
    assert propose() == 0 and propose() == 0
    assert len(host.comments) == 231


def test_without_what_a_workflow_gives_there_is_a_sentence(monkeypatch, capsys):
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    assert answer.main(["x.json"]) == 2
    assert "GITHUB_TOKEN is not set." in capsys.readouterr().err


# The workflow

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/answer.yml").read_text("utf-8"))


def test_no_job_both_reads_a_proposal_and_may_write():
    """What a stranger proposes is never run, and where it is read there is nothing to take or to write."""
    assert WORKFLOW["permissions"] == {}
    read, write = WORKFLOW["jobs"]["read"], WORKFLOW["jobs"]["write"]
    assert read["permissions"] == {"contents": "read"}
    assert "secrets" not in json.dumps(WORKFLOW) and "github.token" not in json.dumps(read)
    main, proposal = [one["with"] for one in read["steps"] if "checkout" in one.get("uses", "")]
    assert "ref" not in main and main["path"] == "main"
    assert proposal["path"] == "proposal" and proposal["ref"] == "refs/pull/${{ github.event.number }}/merge"
    (run,) = [one for one in read["steps"] if "run" in one]
    assert run["working-directory"] == "main" and run["run"] == "make findings root=../proposal"
    (checkout,) = [one for one in write["steps"] if "checkout" in one.get("uses", "")]
    assert "ref" not in checkout["with"]
    # A proposal sent again stops the answer to what it was before.
    assert write["if"] == "${{ !cancelled() }}" and WORKFLOW["concurrency"]["cancel-in-progress"] is True
    assert write["permissions"]["pull-requests"] == "write" and write["permissions"]["contents"] == "read"


def test_the_code_that_reads_a_proposal_is_never_the_proposals(host: FakeHost, tmp_path: Path):
    """Folders named like our packages, in what is proposed, are not imported."""
    for name in ("guide", "yaml", "markdown"):
        (host.root / name).mkdir()
        (host.root / name / "__init__.py").write_text("raise SystemExit(99)", "utf-8")
    (host.root / "sitecustomize.py").write_text("raise SystemExit(99)", "utf-8")
    done = run_alone("check", ROOT, "--root", str(host.root), "--findings", str(tmp_path / "f.json"))
    assert done.returncode == 0 and json.loads((tmp_path / "f.json").read_text("utf-8")) == {"findings": []}


def test_the_number_of_the_proposal_is_the_events(host: FakeHost, propose):
    assert propose() == 0
    assert f"POST /repos/ciudades/abc/issues/{NUMBER}/comments" in host.requests
