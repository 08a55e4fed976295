"""A figure with dates of every year can be taken to a calendar, and its dates are those that it draws."""

from __future__ import annotations

import re

import pytest

from guide.downloads import year_calendar
from guide.downloads.registry import CALENDAR
from guide.model.content import Content
from guide.model.figures import Figure
from guide.reading.project import Project, open_texts
from tests.conftest import copy_small_project
from tests.documents import Document
from tests.model.test_loader import sentences


def yearly(content: Content) -> list[Figure]:
    return [one for one in content.figures.values() if one.yearly]


def test_each_date_is_an_event_that_comes_back_every_year(content: Content, project: Project):
    assert yearly(content)
    for figure in yearly(content):
        dates = [one for row in figure.drawing["rows"] for one in row["dates"] or ()]
        for code in project.codes:
            text = year_calendar.write(figure, open_texts(project, code))
            assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
            assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
            whole = text.replace("\r\n ", "")
            assert re.findall(r"DTSTART;VALUE=DATE:\d{4}(\d\d)(\d\d)", whole) == [
                (f"{one['month']:02}", f"{one['day']:02}") for one in dates
            ]
            uids = re.findall(r"UID:(.*)\r", whole)
            assert len(set(uids)) == len(dates) == whole.count("RRULE:FREQ=YEARLY") == whole.count("BEGIN:VALARM")
            for row in figure.drawing["rows"]:
                assert not row["dates"] or f"SUMMARY:{row['name'][code]}" in whole.replace("\\", "")


def test_the_dates_of_a_row_lie_where_it_is_drawn(content: Content):
    for figure in yearly(content):
        for row in figure.drawing["rows"]:
            for one in row["dates"] or ():
                at = one["month"] - 1 + one["day"] / 31
                spans = any(span["start"] <= at <= span["end"] for span in row["spans"] or ())
                assert spans or any(abs(at - point) < 0.5 for point in row["points"] or ()), (figure.id, one)


def test_the_picture_offers_its_calendar(documents: dict[str, Document], content: Content, project: Project):
    for code in project.codes:
        document = documents["practica/ano-y-pagos/" if code == "es" else f"{code}/practica/ano-y-pagos/"]
        (figure,) = yearly(content)
        (link,) = [one for one in document.find("a") if (one["href"] or "").endswith(".ics")]
        assert link["href"].endswith(CALENDAR.address(code, figure)) and ".ics" in link.text


@pytest.mark.parametrize(("day", "told"), [(28, 0), (29, 1)])
def test_a_day_that_not_every_year_has_is_told(tmp_path, day: int, told: int):
    copy_small_project(tmp_path / "project")
    folder = tmp_path / "project/figures"
    folder.mkdir(exist_ok=True)
    (folder / "ano.yml").write_text(
        f"""title: {{ es: Un año, en: A year }}
alternative: {{ es: Un renglón., en: A row. }}
timeline:
  start: 0
  end: 12
  ticks:
    - at: 0
    - at: 12
  rows:
    - name: {{ es: Uno, en: One }}
      note: {{ es: Febrero, en: February }}
      points: [1.9]
      dates:
        - month: 2
          day: {day}
""",
        "utf-8",
    )
    assert len([one for one in sentences(tmp_path / "project") if "timeline.rows.1.dates.1.day" in one]) == told
