"""A score and a warning that tell the truth, wherever they stand: pages, cards, previews and papers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import expect

from guide.model.content import Content, Criterion
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, add_modules
from tests.scripts.test_assessment import open_options, path, radio, slot
from tests.scripts.test_assessments import open_file
from tests.scripts.test_documents import choose
from tests.scripts.test_plan import keep, order, save_calendar

RESULTS, PLAN, DOCUMENTS = "autoevaluacion/resultados/", "autoevaluacion/plan/", "autoevaluacion/documentos/"
QUICK, INDEX = "autoevaluacion/rapida/", "autoevaluacion/"
NOTHING, UNKNOWN = "not_applicable", "no_information"
KINDS = ("summary", "dossier", "handover")


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def every(content: Content) -> list[Criterion]:
    return [criterion for one in content.checklists for criterion in one.criteria]


def records(content: Content, answer: Callable[[Criterion], object]) -> dict[str, dict]:
    """A record for each criterion that has an answer."""
    return {one.id: {"answer": given} for one in every(content) if (given := answer(one)) is not None}


def worth(criteria, found: dict[str, dict]) -> Fraction | None:
    """What the answers to some criteria are worth, from 0 to 1."""
    points = weights = 0
    for one in criteria:
        answer = found.get(one.id, {}).get("answer")
        if answer in (0, 1, 2, 3, UNKNOWN):
            points += one.weight * (0 if answer == UNKNOWN else answer)
            weights += one.weight
    return Fraction(points, 3 * weights) if weights else None


def percent(words, part: Fraction) -> str:
    value = 100 if part == 1 else min(99, int(100 * part + Fraction(1, 2)))
    return fill(words["format"]["percent"], {"value": value})


def flagged(content: Content, found: dict[str, dict]) -> list[Criterion]:
    """The criteria whose answer breaks the law, or says that nobody knows."""
    value = {UNKNOWN: -1, NOTHING: 9, None: 9}
    return [
        one
        for one in every(content)
        if one.critical is not None and value.get(answer := found.get(one.id, {}).get("answer"), answer) <= one.critical
    ]


def said(words, one: Criterion, answer: object, code: str = DEFAULT) -> str:
    statement = inline_markdown.plain(one.statement[code])
    return fill(words["results"]["unproven"], {"criterion": statement}) if answer == UNKNOWN else statement


def before(first, second) -> bool:
    """Whether one element stands before another on the page."""
    return first.evaluate("(one, other) => !!(one.compareDocumentPosition(other) & 4)", second.element_handle())


def all_but_sre_told_after_signing(content: Content):
    sre = next(one for one in every(content) if one.id == "acu-04")
    return records(content, lambda one: sre.critical if one is sre else 3)


def all_but_nobody_knows_the_law(content: Content):
    return records(content, lambda one: UNKNOWN if one.critical is not None else 3)


@pytest.mark.parametrize("made", [all_but_sre_told_after_signing, all_but_nobody_knows_the_law])
def test_the_law_is_told_before_any_praise(open_page, content, words, project, made):
    found = made(content)
    wrong = flagged(content, found)
    assert wrong
    told = [said(words, one, found[one.id]["answer"]) for one in wrong]
    praise = [one.name[DEFAULT] for one in content.scale.bands]
    over = content.scale.over_flags
    page = open_page(RESULTS)
    keep(page, found, content)
    expect(slot(page, "flagged-list").locator("li")).to_have_text(told)
    expect(slot(page, "overview-score")).to_have_text(percent(words, worth(every(content), found)))
    expect(slot(page, "overview-band")).to_have_text(over.name[DEFAULT])
    expect(slot(page, "overview-meaning")).to_have_text(over.meaning[DEFAULT])
    assert before(slot(page, "flagged"), slot(page, "overview-score"))
    assert before(slot(page, "flagged"), slot(page, "overview-band"))
    # The list it stands in.
    checklist = next(one for one in content.checklists if wrong[0] in one.criteria)
    page.goto(page.url.replace(RESULTS, path(checklist)))
    here = [text for one, text in zip(wrong, told) if one in checklist.criteria]
    expect(slot(page, "flagged-list").locator("li")).to_have_text(here)
    expect(slot(page, "band")).to_have_text(over.name[DEFAULT])
    assert before(slot(page, "flagged"), slot(page, "score"))
    warned = fill(words["results"]["flags_short"], {"count": len(here)})
    assert slot(page, "bar-text").text_content().startswith(warned)
    # The plan, whose first gaps they are.
    page.goto(page.url.replace(path(checklist), PLAN))
    expect(slot(page, "flagged-list").locator("li")).to_have_text(told)
    assert set(order(page)[: len(wrong)]) == {one.id for one in wrong}
    assert before(slot(page, "flagged"), page.locator(".plan-list"))
    # Cards and the preview of a file.
    page.goto(page.url.replace(PLAN, INDEX))
    card = page.locator(f'[data-checklist="{checklist.id}"] [data-slot="card-text"]')
    assert card.text_content().startswith(warned)
    # Papers, in both languages.
    page.goto(page.url.replace(INDEX, DOCUMENTS))
    for kind in KINDS:
        choose(page, kind, *project.codes)
        for code in project.codes:
            paper = page.locator(f'.report[lang="{code}"]')
            texts = open_texts(project, code)
            told = [said(texts, one, found[one.id]["answer"], code) for one in wrong]
            expect(paper.locator(".flags li")).to_have_text(told)
            assert before(paper.locator(".flags"), paper.locator(".figures"))
            assert over.name[code] in paper.locator(".figures").text_content()
            assert not any(name in paper.locator(".figures").text_content() for name in praise)
            if kind == "dossier":
                # Each list that a dossier tells of begins with what is flagged in it.
                lines = paper.locator(".chapter > .report-fine").all_text_contents()
                for one, line in zip(content.checklists, lines, strict=True):
                    count = sum(each in one.criteria for each in wrong)
                    warned = fill(texts["results"]["flags_short"], {"count": count})
                    assert line.startswith(warned) if count else warned.split(":")[0] not in line


def test_what_is_said_aloud_begins_with_the_law(open_page, content, words):
    checklist = next(one for one in content.checklists if one.id == "acuerdos")
    legal = [one for one in checklist.criteria if one.critical is not None]
    page = open_page(path(checklist))
    warned = fill(words["results"]["flags_short"], {"count": len(legal)})
    counted = {"count": len(legal), "total": len(checklist.criteria), "score": percent(words, Fraction(0))}
    provisional = fill(words["results"]["provisional_score"], {"score": counted["score"]})
    for one in legal:
        radio(page, one.id, 0).check()
    said = fill(words["results"]["announce"], {**counted, "score": provisional})
    expect(slot(page, "announce")).to_have_text(f"{warned}. {said}")


def test_the_council_is_never_asked_to_review_on_a_day_that_is_over(open_page):
    today = datetime.date.today()
    stamps = [f"{today - datetime.timedelta(days=days)}T12:00:00Z" for days in (2400, 366, 365, 100, 0)]
    days = add_modules(open_page(DOCUMENTS)).evaluate(
        "(stamps) => stamps.map((updated) => abc.modules.nextReview([], { updated }))", stamps
    )
    assert all(str(today) <= day <= str(today + datetime.timedelta(days=367)) for day in days), days


def test_a_municipality_that_has_nothing_never_reads_a_hundred(open_page, content, words, project):
    found = records(content, lambda one: 3 if one.id in ("acu-01", "red-01") else NOTHING if one.not_applicable else 0)
    whole = fill(words["format"]["percent"], {"value": 100})
    total = worth(every(content), found)
    assert total < Fraction(15, 100)
    few = [
        one
        for one in content.checklists
        if 2 * sum(found[c.id]["answer"] != NOTHING for c in one.criteria) < len(one.criteria)
    ]
    assert {"acuerdos", "redes"} <= {one.id for one in few}
    page = open_page(RESULTS)
    keep(page, found, content)
    expect(slot(page, "overview-score")).to_have_text(percent(words, total))
    assert whole not in page.locator(".overview").inner_text()
    rows, bars = slot(page, "rows").locator("tr"), slot(page, "bars").locator(".bars-line")
    for place, one in enumerate(content.checklists):
        score = rows.nth(place).locator(".overview-score")
        expect(bars.nth(place).locator(".meter")).to_have_count(0 if one in few else 1)
        if one in few:
            applies = sum(found[c.id]["answer"] != NOTHING for c in one.criteria)
            name = "few_one" if applies == 1 else "few_other"
            told = fill(words["results"][name], {"count": applies, "total": len(one.criteria)})
            expect(score).to_contain_text(told)
    page.goto(page.url.replace(RESULTS, "autoevaluacion/redes/"))
    expect(slot(page, "score")).not_to_contain_text("%")
    expect(slot(page, "mean")).to_have_text(words["results"]["few_text"])
    expect(slot(page, "strict")).to_have_text("—")
    assert whole not in slot(page, "bar-text").text_content()
    page.goto(page.url.replace("autoevaluacion/redes/", INDEX))
    assert whole not in " ".join(page.locator('[data-slot="card-text"]').all_text_contents())
    page.goto(page.url.replace(INDEX, DOCUMENTS))
    for kind in KINDS:
        choose(page, kind, DEFAULT)
        figures = page.locator(".report .figures .figure").first
        expect(figures.locator(".figure-value")).to_have_text(percent(words, total))
    choose(page, "summary", DEFAULT)
    assert whole not in page.locator(".report .scores").inner_text()


def test_nothing_applies_and_nothing_is_divided(open_page, content, words):
    page = open_page(RESULTS)
    keep(page, records(content, lambda one: NOTHING), content)
    expect(slot(page, "overview-score")).to_have_text("—")
    expect(slot(page, "overview-mean")).to_have_text(words["results"]["none_applicable"])
    assert "NaN" not in page.locator(".overview").inner_text()


def test_one_answer_is_no_headline_anywhere(open_page, content, words, project):
    first = content.checklists[0].criteria[0]
    found = {first.id: {"answer": 2}}
    number = percent(words, Fraction(2, 3))
    provisional = fill(words["results"]["provisional_score"], {"score": number})

    def headline(figure, set_of: int) -> None:
        expect(figure).to_have_text(fill(words["results"]["in_short"], {"count": 1, "total": set_of}))

    def named(text: str) -> None:
        """Wherever the number stands, so does the word."""
        assert text.count(number) == text.count(provisional), text

    page = open_page(RESULTS)
    keep(page, found, content)
    headline(slot(page, "overview-score"), len(every(content)))
    expect(slot(page, "overview-provisional").locator(".hatched")).to_have_text(provisional)
    expect(slot(page, "overview-band")).to_be_hidden()
    expect(slot(page, "overview-meaning")).to_be_hidden()
    named(page.locator(".overview").inner_text())
    expect(slot(page, "bars").locator(".meter.is-provisional")).to_have_count(1)
    expect(slot(page, "rows").locator("tr").first.locator(".hatched")).to_have_text(provisional)
    page.goto(page.url.replace(RESULTS, path(content.checklists[0])))
    headline(slot(page, "score"), len(content.checklists[0].criteria))
    named(slot(page, "results").inner_text())
    named(slot(page, "bar-text").text_content())
    page.goto(page.url.replace(path(content.checklists[0]), INDEX))
    named(" ".join(page.locator('[data-slot="card-text"]').all_text_contents()))
    page.goto(page.url.replace(INDEX, DOCUMENTS))
    for kind in KINDS:
        choose(page, kind, DEFAULT)
        headline(page.locator(".report .figure-value").first, len(every(content)))
        expect(page.locator(".report .figures .hatched")).to_have_text(provisional)
        named(page.locator(".report").inner_text())
    choose(page, "summary", DEFAULT)
    expect(page.locator(".report .scores .meter.is-provisional")).to_have_count(1)


def test_the_quick_assessment_gives_one_total_everywhere(open_page, content, words, tmp_path: Path):
    quick = [one for one in every(content) if one.quick]
    found = {one.id: {"answer": place % 3} for place, one in enumerate(quick)}
    number = percent(words, worth(every(content), found))
    provisional = fill(words["results"]["provisional_score"], {"score": number})
    page = open_page(QUICK)
    keep(page, found, content)
    expect(slot(page, "score")).to_have_text(number)
    assert number in slot(page, "bar-text").text_content()
    open_options(page)
    with page.expect_download() as download:
        page.locator('.assessments [data-action="assessment-save"]').click()
        name = slot(page, "describe-name")
        if name.count() and name.is_visible():
            name.press("Enter")
    file = tmp_path / "quick.json"
    download.value.save_as(file)
    page.goto(page.url.replace(QUICK, RESULTS))
    expect(slot(page, "overview-provisional").locator(".hatched")).to_have_text(provisional)
    strict = fill(words["results"]["strict_quick"], {"count": 0, "total": len(quick)})
    expect(slot(page, "overview-strict")).to_contain_text(strict)
    open_file(page, file)
    preview = slot(page, "open-preview").inner_text()
    assert preview.count(fill(words["assessments"]["score"], {"score": provisional})) == 2
    page.goto(page.url.replace(RESULTS, DOCUMENTS))
    for kind in KINDS:
        choose(page, kind, DEFAULT)
        expect(page.locator(".report .figures .hatched")).to_have_text(provisional)
        expect(page.locator(".report .figures")).to_contain_text(strict)


def test_papers_hold_the_figures_of_the_answers(open_page, content, project):
    """Percent, mean, reading, strict figure, completeness and a row a checklist, in both languages."""
    criteria = every(content)
    # Not one that breaks the law, so that there is a reading; one list is far from complete.
    last = content.checklists[-1]
    found = records(content, lambda one: 2 + (criteria.index(one) % 3 == 0))
    for one in last.criteria[1:]:
        del found[one.id]
    found[last.criteria[0].id]["target"] = 3
    total, answered = worth(criteria, found), len(found)
    assert answered / len(criteria) >= 0.8 and not flagged(content, found)
    mean = 3 * total
    band = [one for one in content.scale.bands if mean >= one.least][-1]
    rounded = int(10 * mean + Fraction(1, 2)) / 10
    assert [one for one in content.scale.bands if rounded >= one.least][-1] is band
    page = open_page(DOCUMENTS)
    keep(page, found, content)
    for kind in KINDS:
        choose(page, kind, *project.codes)
        for code in project.codes:
            words, paper = open_texts(project, code), page.locator(f'.report[lang="{code}"]')
            figures = paper.locator(".figure")
            expect(figures.nth(0).locator(".figure-value")).to_have_text(percent(words, total))
            expect(figures.nth(0).locator(".report-fine")).to_have_text(
                f"{band.name[code]}. {fill(words['results']['mean'], {'value': f'{rounded:.1f}'})}."
            )
            top = sum(one.get("answer") == 3 for one in found.values())
            expect(figures.nth(1).locator(".figure-value")).to_have_text(percent(words, Fraction(top, len(criteria))))
            counted = {"count": top, "total": len(criteria)}
            expect(figures.nth(1).locator(".report-fine")).to_have_text(fill(words["results"]["strict_text"], counted))
            expect(figures.nth(2).locator(".figure-value")).to_have_text(
                percent(words, Fraction(answered, len(criteria)))
            )
            assert f"{band.name[code]}: {band.meaning[code]}" in paper.inner_text()
            if kind == "handover":
                continue
            expected = []
            for one in content.checklists:
                part = worth(one.criteria, found)
                count = sum(c.id in found for c in one.criteria)
                shown = percent(words, part)
                if count / len(one.criteria) < 0.8:
                    shown = fill(words["results"]["provisional_score"], {"score": shown})
                target = "—"
                if one is last:
                    whole = percent(words, Fraction(1))
                    target = fill(words["results"]["provisional_score"], {"score": whole})
                best = sum(found.get(c.id, {}).get("answer") == 3 for c in one.criteria)
                of = fill(words["overview"]["of"], {"count": count, "total": len(one.criteria)})
                expected.append([one.short[code], shown, target, percent(words, Fraction(best, len(one.criteria))), of])
            rows = paper.locator("table.scores tbody tr, .scores tbody tr").evaluate_all(
                "rows => rows.map((row) => Array.from(row.cells, (one) => one.textContent.trim()))"
            )
            assert rows == expected


def test_results_and_papers_agree_on_targets_flags_and_order(open_page, content, words):
    criteria = every(content)
    found = records(content, lambda one: criteria.index(one) % 3)
    for one in content.checklists[2].criteria:
        found[one.id]["target"] = 2
    page = open_page(RESULTS)
    keep(page, found, content)
    cells = "rows => rows.map((row) => Array.from(row.cells, (one) => one.textContent.trim()))"
    of_page = slot(page, "rows").locator("tr").evaluate_all(cells)
    steps = slot(page, "gaps").locator("a").all_text_contents()
    all_flags = slot(page, "flagged-list").locator("li").all_text_contents()
    gaps = slot(page, "gaps-all").locator("a").all_text_contents()
    heads = page.locator(".overview-figures thead th").all_text_contents()
    target = heads.index(words["overview"]["target"])
    page.goto(page.url.replace(RESULTS, PLAN))
    assert page.locator(".gap h3 a").all_text_contents()[: len(gaps)] == gaps
    assert slot(page, "flagged-list").locator("li").all_text_contents() == all_flags
    page.goto(page.url.replace(PLAN, DOCUMENTS))
    choose(page, "summary", DEFAULT)
    of_paper = page.locator(".report .scores tbody tr").evaluate_all(cells)
    shown = [row for row in zip(heads, of_page[0]) if row[1]]
    assert shown and target
    targets = [row[2] for row in of_paper]
    assert [text for text in targets if text != "—"] == [targets[2]]
    assert [any(text == targets[place] for text in row) for place, row in enumerate(of_page[:-1])] == [True] * len(
        targets
    )
    # The page has room for three on the first screen of a phone, the paper for five.
    on_paper = page.locator(".report .priorities strong").all_text_contents()
    assert on_paper[: len(steps)] == steps and len(on_paper) == 5
    assert page.locator(".report .flags li").all_text_contents() == all_flags
    assert len(steps) == 3


def test_the_council_is_asked_what_was_found(open_page, content, words):
    texts = words["report"]
    page = open_page(DOCUMENTS)
    page.clock.set_fixed_time(datetime.datetime(2026, 3, 1, 12))
    keep(page, all_but_nobody_knows_the_law(content), content)
    choose(page, "summary", DEFAULT)
    asked = page.locator(".report .asked")
    count = sum(one.critical is not None for one in every(content))
    expect(asked).to_contain_text(fill(texts["ask_flags_other"], {"count": count}))
    expect(asked).to_contain_text(texts["ask_steps"])
    # A year after the answers, kept on 1 January at midnight UTC.
    assert "2027" in asked.inner_text() or "31 dic 2026" in asked.inner_text()
    keep(page, {every(content)[0].id: {"answer": 3}}, content)
    expect(asked).to_contain_text(fill(texts["ask_answers"], {"count": len(every(content)) - 1}))
    expect(asked).not_to_contain_text(texts["ask_steps"])


YEAR_AGO = "2025-06-15T12:00:00.000Z"


@pytest.mark.parametrize(("today", "old"), [((2026, 6, 14), False), ((2026, 6, 15), False), ((2026, 6, 16), True)])
def test_a_yearly_answer_is_to_be_reviewed_after_a_year(open_page, content, words, today, old, tmp_path):
    checklist, criterion = next(
        (one, c) for one in content.checklists for c in one.criteria if c.review == "annual" and c.critical is None
    )
    once = next(c for one in content.checklists for c in one.criteria if c.review == "once" and c.critical is None)
    found = {criterion.id: {"answer": 1, "answered": YEAR_AGO}, once.id: {"answer": 1, "answered": YEAR_AGO}}
    noon = datetime.datetime(*today, 12, tzinfo=datetime.UTC)
    page = open_page(RESULTS, timezone_id="America/Mexico_City")
    page.clock.set_fixed_time(noon)
    keep(page, found, content)
    expect(slot(page, "old")).to_be_visible(visible=old)
    expect(slot(page, "old-list").locator("a")).to_have_text([criterion.statement[DEFAULT]] if old else [])
    # The level stands.
    expect(slot(page, "gaps").locator("li")).to_have_count(2)
    page.goto(page.url.replace(RESULTS, PLAN))
    expect(slot(page, "old")).to_be_visible(visible=old)
    expect(page.locator(".gap", has_text=words["review"]["tag"])).to_have_count(1 if old else 0)
    days = {str(one["UID"]): one for one in icalendar.Calendar.from_ical(save_calendar(page, tmp_path)).walk("VEVENT")}
    assert set(days) == {f"p-{criterion.id}-revision@abc"}
    assert days[f"p-{criterion.id}-revision@abc"].decoded("DTSTART") == datetime.date(2026, 6, 15)
    page.goto(page.url.replace(PLAN, path(checklist)))
    review = page.locator(f'[data-criterion="{criterion.id}"] [data-slot="review"]')
    expect(review).to_be_visible(visible=old)
    page.goto(page.url.replace(path(checklist), DOCUMENTS))
    choose(page, "dossier", DEFAULT)
    expect(page.locator(".report .answer", has_text=words["review"]["tag"])).to_have_count(1 if old else 0)
    choose(page, "handover", DEFAULT)
    expect(page.locator(".report", has_text=criterion.statement[DEFAULT])).to_have_count(1 if old else 0)
    if old:
        page.goto(page.url.replace(DOCUMENTS, path(checklist)))
        review.locator("button").click()
        expect(review).to_be_hidden()
        kept = json.loads(page.evaluate("localStorage['abc.assessment.p']"))
        record = kept["checklists"][checklist.id]["criteria"][criterion.id]
        assert record["answer"] == 1 and record["answered"].startswith("2026-06-16")


def test_a_note_does_not_renew_an_answer(open_page, content):
    checklist, criterion = next((one, c) for one in content.checklists for c in one.criteria if c.review == "annual")
    page = open_page(path(checklist))
    page.clock.set_fixed_time(datetime.datetime(2026, 6, 20, 12, tzinfo=datetime.UTC))
    keep(page, {criterion.id: {"answer": 1, "answered": YEAR_AGO}}, content)
    section = page.locator(f'[data-criterion="{criterion.id}"]')
    section.locator(".note summary").click()
    section.locator('[data-field="note"]').fill("Sigue en la caja 12")
    section.locator('[data-field="note"]').blur()
    page.reload()
    expect(section.locator('[data-slot="review"]')).to_be_visible()
    section.locator('input[value="2"]').check()
    expect(section.locator('[data-slot="review"]')).to_be_hidden()


def test_days_of_the_plan_at_their_borders(open_page, content):
    today = datetime.date(2026, 3, 10)
    ids = [one.id for one in content.checklists[0].criteria[:7]]
    days = dict(zip(ids, (-1, 0, 1, 30, 31, 90, 91)))
    found = {id: {"answer": 0, "plan": {"due": str(today + datetime.timedelta(add))}} for id, add in days.items()}
    page = open_page(PLAN, timezone_id="America/Mexico_City")
    # Late in the evening: the day is that of the person, not that of Greenwich.
    page.clock.set_fixed_time(datetime.datetime(2026, 3, 11, 5, 30, tzinfo=datetime.UTC))
    keep(page, found, content)
    for name, reach in (("overdue", -1), ("month", 30), ("quarter", 90), ("any", 91)):
        slot(page, "when").select_option(name)
        assert sorted(order(page)) == sorted(id for id, add in days.items() if add <= reach), name
    expect(page.locator(".gap.overdue")).to_have_count(1)
