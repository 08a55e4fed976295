"""The head of every page: one row on a phone, every section within reach of the keyboard, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import DESKTOP, PHONE

# What 1280 × 720 becomes at 200 %.
ZOOMED = {"width": 640, "height": 360}
MOST = 64
PAGES = ("", "autoevaluacion/genero/", "en/", "en/directorio/redes/")


def links(page: Page, place: str) -> list[str]:
    return page.locator(f"{place} a").evaluate_all("all => all.map((one) => one.href)")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 320, "height": 640}, ZOOMED], ids=["phone", "narrow", "zoomed"])
def test_one_row(open_page, viewport):
    page = open_page(viewport=viewport)
    start = page.url
    for path in PAGES:
        page.goto(start + path)
        assert page.locator(".masthead").bounding_box()["height"] <= MOST, path
        name = page.locator(".brand-short")
        lines = name.evaluate(
            "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
        )
        assert lines < 1.5 or viewport["width"] < PHONE["width"], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_section_can_be_reached_by_keyboard(open_page, scripts):
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    start = page.url
    for path in PAGES:
        page.goto(start + path)
        sections, tools = links(page, ".sections"), links(page, ".masthead-row > .tools")
        assert len(sections) > 4 and tools
        assert links(page, ".drawer nav") == sections and links(page, ".drawer .tools") == tools
        expect(page.locator(".drawer nav")).to_be_hidden()
        summary = page.locator(".drawer > summary")
        for _ in range(5):
            page.keyboard.press("Tab")
            if summary.evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.locator(".drawer nav")).to_be_visible()
        reached = []
        for _ in range(len(sections) + len(tools)):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.getBoundingClientRect().height") >= 44, path
            reached.append(page.evaluate("document.activeElement.href"))
        assert reached == sections + tools, path
        # What is open covers the page, and takes nothing of its room.
        assert page.locator(".masthead").bounding_box()["height"] <= MOST
        if scripts:
            page.keyboard.press("Tab")
            was = page.evaluate("document.documentElement.dataset.theme")
            page.keyboard.press("Enter")
            assert page.evaluate("document.documentElement.dataset.theme") != was


def test_a_wide_screen_shows_all_at_once(open_page):
    page = open_page(viewport=DESKTOP)
    expect(page.locator(".drawer")).to_be_hidden()
    for one in (".brand-name", ".sections", '.masthead-row > .tools [data-action="theme"]'):
        expect(page.locator(one)).to_be_visible()


def test_escape_closes_the_drawer(open_page):
    page = open_page(viewport=PHONE)
    summary = page.locator(".drawer > summary")
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".drawer nav")).to_be_hidden()
    expect(summary).to_be_focused()
