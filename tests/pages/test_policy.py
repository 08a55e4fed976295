"""The Content-Security-Policy: every page says it, it is strict, and what it forbids does not happen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.pages.policy import allowing, header_files, policy

SAID = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
RUNS = """() => {
  const forbidden = [];
  addEventListener("securitypolicyviolation", (event) => forbidden.push(event.effectiveDirective));
  window.hits = [];
  const script = document.createElement("script");
  script.textContent = "hits.push('script')";
  const box = document.createElement("div");
  box.innerHTML = "<img src='data:,' onerror=\\"hits.push('handler')\\"><i style='position: fixed'></i>"
    + "<a href=\\"javascript:hits.push('address')\\">x</a><img src='https://elsewhere.example/x.png'>";
  document.body.append(script, box);
  box.querySelector("a").click();
  return fetch("https://elsewhere.example/").catch(() => new Promise((done) => setTimeout(done, 300)))
    .then(() => ({ hits, forbidden: [...new Set(forbidden)].sort(), style: getComputedStyle(box.querySelector("i")).position }));
}"""


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (one.split() for one in text.replace("&#39;", "'").split("; "))}


def test_every_page_says_the_same_policy_before_it_loads_anything(site: Path):
    for file in site.rglob("*.html"):
        if "partials" in file.parts:
            continue
        html = file.read_text("utf-8")
        said = SAID.search(html)
        assert said, file
        assert said[1].replace("&#39;", "'") == policy(), file
        assert not re.search(r"<(?:script|link|style|img)\b", html[: said.start()]), file


def test_the_policy_names_what_it_allows():
    for from_folder in (False, True):
        said = directives(policy(from_folder))
        assert said["default-src"] == ["'none'"]
        assert not any("unsafe" in one or one in ("*", "https:", "http:") for all in said.values() for one in all)
        assert said["base-uri"] == said["form-action"] == ["'none'"]
        assert ("file:" in said["script-src"]) == from_folder


def test_what_a_policy_forbids_does_not_happen(browser, address):
    page = browser.new_page()
    page.goto(f"{address}glosario/")
    found = page.evaluate(RUNS)
    page.close()
    assert found["hits"] == []
    assert found["style"] == "static"
    assert found["forbidden"] == ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-attr"]


def test_one_more_script_may_run_where_the_site_is_shown_while_it_is_written(browser, tmp_path: Path):
    script = "document.title = 'ran'"
    page = f'<meta http-equiv="Content-Security-Policy" content="{policy()}"><script>{script}</script>'
    for html, title in ((page, ""), (allowing(page.encode(), script.encode()).decode(), "ran")):
        (tmp_path / "x.html").write_text(html, "utf-8")
        shown = browser.new_page()
        shown.goto((tmp_path / "x.html").as_uri())
        assert shown.title().replace("x.html", "") == title
        shown.close()


@pytest.mark.parametrize("name", ["_headers", ".htaccess", "headers.nginx.conf"])
def test_servers_are_told_to_send_it(site: Path, name: str):
    text = (site / name).read_text("utf-8")
    assert text == header_files()[name]
    assert policy() in text
    for header in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        assert len(re.findall(rf"^ *(?:Header always set |add_header )?{header}\b", text, re.MULTILINE)) == 1
    # What stands in quotes has none of its own.
    assert all(line.count('"') in (0, 2) for line in text.splitlines())
