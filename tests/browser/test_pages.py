"""Every type of page in every language: readable, reachable by anybody, within its budget, and nothing from elsewhere."""

import json
import re
from pathlib import Path

import axe_playwright_python
import pytest
from tests.variants import LONG
from waiting import until

from kinds import ACTS, KINDS, path_of
from vestige.publishing import LANGUAGES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
RIGHT_TO_LEFT = ("ar",)
WHOLE = ("ar", "en")
"""The languages whose pages are looked at whole, with what scripts add; of the others the text is."""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


# Of a long table or list the first dozen stands for the rest: axe and pictures of hundreds of like rows take long.
THIN = """() => {
  document.querySelectorAll('table').forEach(table => [...table.tBodies].slice(1).forEach(part => part.remove()));
  document.querySelectorAll('tbody, ol, ul').forEach(list => [...list.children].slice(12).forEach(item => item.remove()));
}"""


def violations(page, *, colours: bool = True) -> list[str]:
    """Run axe on a page; each violation as one line that says where."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    rules = RULES if colours else {**RULES, "rules": {"color-contrast": {"enabled": False}}}
    return lines_of(page.evaluate("rules => axe.run(document, rules)", rules))


def lines_of(found) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][-160:]}"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]


def ready(page) -> None:
    """Wait for the islands of a page that start by themselves."""
    page.wait_for_load_state("load")
    if page.locator('[data-island="sites"]').count():
        page.wait_for_selector(".sites-results li")
    if page.locator('[data-island="check"]').count():
        page.wait_for_selector(".check-button")


def assert_language(page, language: str) -> None:
    root = page.locator("html")
    assert root.get_attribute("lang").split("-")[0] == language
    assert root.get_attribute("dir") == ("rtl" if language in RIGHT_TO_LEFT else "ltr")


SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height || getComputedStyle(element).visibility === 'hidden') return false;
  if (box.width >= 24 && box.height >= 24) return false;
  // WCAG 2.5.8 excepts links within a sentence, and targets whose 24 px circle meets no other target.
  return !(element.tagName === 'A' && element.closest('p, li, dd, td, figcaption, caption, blockquote, .passage'));
}).map(element => element.outerHTML.slice(0, 120))"""


PUT_IN_PLACE = """async address => {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const name of ['lang', 'dir']) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
  document.title = page.title;
  const sheet = page.body.querySelector('link[rel="stylesheet"]');
  const styled = new Promise(done => sheet.addEventListener('load', done));
  document.body.replaceWith(page.body);
  await styled;
}"""
"""The text of another address in the open page: styles and axe stay, and no script runs."""


def open_on_a_desktop(page, address: str, language: str) -> None:
    """Open an address as most readers have it, its islands at work; ready for axe."""
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    page.goto(address)
    ready(page)
    page.evaluate(THIN)
    assert_language(page, language)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_any_page_in_any_language(kind, reader, published, address, screenshots):
    """In English, and of every second kind in Arabic, the page as readers have it, on a desktop and on a phone in the dark.

    Of the other languages the text is looked at on a phone, and axe looks at one of them, another from kind to kind. With VESTIGE_LONG
    all kinds are looked at whole in both, axe looks at each language, and pictures of all are kept.
    """
    page, number = reader.page, KINDS.index(kind)
    whole = WHOLE if LONG or number % 2 == 0 else ("en",)
    for language in whole:
        open_on_a_desktop(page, address + path_of(kind, published, language), language)
        if LONG:
            page.screenshot(path=screenshots / f"{kind}-{language}.png", full_page=True)
        # Colours are those of the English page: no need to look at each of them again.
        assert violations(page, colours=language == "en") == [], language
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert_fits_a_phone(page, language)
        if LONG:
            page.screenshot(path=screenshots / f"{kind}-{language}-dark-phone.png", full_page=True)
    assert lines_of(page.evaluate("axe.run({runOnly: ['color-contrast', 'target-size']})")) == []
    others = [language for language in LANGUAGES if language not in whole]
    asked = others if LONG else [others[number % len(others)]]
    for language in LANGUAGES:
        if language not in whole:
            page.evaluate(PUT_IN_PLACE, address + path_of(kind, published, language))
            page.evaluate(THIN)
            assert_language(page, language)
            assert_fits_a_phone(page, language)
            if language in asked:
                assert violations(page, colours=False) == [], language
    reader.assert_clean()


@pytest.mark.parametrize("kind", ACTS)
def test_axe_finds_nothing_on_the_page_of_any_act(kind, reader, published, address):
    """In one language each, another from act to act; with VESTIGE_LONG in all of them. On a desktop, and on a phone in the dark."""
    page, number = reader.page, ACTS.index(kind)
    for language in LANGUAGES if LONG else [LANGUAGES[number % len(LANGUAGES)]]:
        open_on_a_desktop(page, address + path_of(kind, published, language), language)
        assert violations(page) == [], language
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert_fits_a_phone(page, language)
    assert lines_of(page.evaluate("axe.run({runOnly: ['color-contrast', 'target-size']})")) == []
    reader.assert_clean()


def assert_fits_a_phone(page, language: str) -> None:
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], language
    assert page.evaluate(SMALL_TARGETS) == [], language


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language not in WHOLE])
@pytest.mark.parametrize("kind", ["sites", "check"])
def test_axe_finds_nothing_in_what_scripts_add(kind, language, reader, published, address):
    reader.page.goto(address + path_of(kind, published, language))
    ready(reader.page)
    reader.page.evaluate(THIN)
    assert violations(reader.page, colours=False) == []
    reader.assert_clean()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_desktop_the_navigation_stands_in_one_row_in_every_language(
    language, reader_without_scripts, published, address
):
    page = reader_without_scripts.page
    page.set_viewport_size(DESKTOP)
    page.goto(address + path_of("balance", published, language))
    for navigation in ("main", "languages"):
        tops = page.locator(f"nav.{navigation} li").evaluate_all(
            "items => items.map(item => Math.round(item.getBoundingClientRect().top))"
        )
        assert len(set(tops)) == 1, navigation
    main, brand = (page.locator(f"header {part}").bounding_box() for part in ("nav.main", ".brand"))
    assert main["y"] >= brand["y"] + brand["height"]  # as it is in every other language


OVERLAPPING = """rows => rows.flatMap(row => {
  const boxes = [...row.children].map(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return [cell.innerText, range.getBoundingClientRect()];
  }).filter(([, box]) => box.width);
  return boxes.flatMap(([text, one], at) => boxes.slice(at + 1)
    .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1)
    .map(([other]) => [text, other]));
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_of_the_ledger_runs_over_another_at_any_width(language, reader_without_scripts, published, address):
    page = reader_without_scripts.page
    page.goto(address + path_of("ledger-page", published, language))
    for width in (360, 700, 900, 1060, 1160, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".ledger tr").evaluate_all(OVERLAPPING) == [], width
    page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("kind", ["front", "sites", "site"])
def test_a_touch_screen_shows_nothing_wider_than_itself(kind, open_page, published):
    opened = open_page(path_of(kind, published), viewport=PHONE, is_mobile=True, has_touch=True)
    ready(opened.page)
    assert opened.page.evaluate("[innerWidth, visualViewport.scale]") == [PHONE["width"], 1]
    opened.assert_clean()


@pytest.mark.parametrize("kind", ["front", "sites", "site"])
def test_the_narrowest_window_shows_nothing_wider_than_itself(kind, reader_without_scripts, published, address):
    """At 320 pixels, as a reader who enlarges fourfold has it (WCAG 2.2, 1.4.10)."""
    page, wide = reader_without_scripts.page, []
    page.set_viewport_size({"width": 320, "height": 640})
    for language in LANGUAGES:
        page.goto(address + path_of(kind, published, language))
        wide.append((language, page.evaluate("document.documentElement.scrollWidth")))
    page.set_viewport_size(DESKTOP)
    assert [language for language, width in wide if width > 320] == []


@pytest.mark.parametrize("kind", ["findings", "data"])
def test_on_a_phone_no_name_in_a_list_is_broken_within_a_word(kind, reader_without_scripts, published, address):
    page = reader_without_scripts.page
    page.set_viewport_size(PHONE)
    page.goto(address + path_of(kind, published))
    lines = page.locator("table.list tbody th a").evaluate_all(
        "links => links.map(link => [link.innerText, link.getBoundingClientRect().height])"
    )
    page.set_viewport_size(DESKTOP)
    assert lines
    assert [text for text, height in lines if height > 40] == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_javascript_everything_that_is_text_is_there(
    kind, reader_without_scripts, published, address, screenshots
):
    page = reader_without_scripts.page
    page.goto(address + path_of(kind, published))
    assert len(page.locator("main").inner_text()) > 40
    assert page.locator("h1").count() == 1
    if kind == "sites":
        page.screenshot(path=screenshots / "sites-without-javascript.png")
    reader_without_scripts.assert_clean()


def test_from_a_disk_text_and_swipe_work(browser, published):
    context = browser.new_context()
    page = context.new_page()
    page.goto((published / path_of("site", published)).as_uri())
    assert page.locator("h1").inner_text()
    assert (
        page.locator(".bottom").evaluate("foot => getComputedStyle(foot).borderTopWidth") == "1px"
    )  # styles have come
    page.wait_for_selector('[data-island="swipe"][data-ready]')
    context.close()


HEAD = """() => [...document.querySelectorAll('.skip, header, header *')].map(element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return [element.tagName, box.x, box.y, box.width, box.height, style.color, style.font, style.textDecorationLine, style.stroke];
})"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", ["en", "hy", "ar"])
def test_the_head_of_a_page_needs_no_style_from_elsewhere(language, viewport, browser, published, address):
    """It looks as it will before the style sheet has come, so that it can be painted at once and nothing moves afterwards."""
    path, looks = address + path_of("findings", published, language), []
    for blocked in ("**/no such sheet", "**/vestige.css"):
        page = browser.new_page(viewport=viewport)
        page.route(blocked, lambda route: route.abort())
        page.goto(path)
        looks.append(page.evaluate(HEAD))
        page.close()
    assert looks[0] == looks[1]
    assert len(looks[0]) > 20


SHIFTS = """new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value)).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(moved)));
})"""


@pytest.mark.parametrize("kind", ["front", "site", "ledger-page"])
def test_what_is_painted_first_stays_in_its_place(kind, open_page, published):
    opened = open_page(path_of(kind, published))
    ready(opened.page)
    assert opened.page.evaluate(SHIFTS) < 0.02
    opened.assert_clean()


def test_the_first_page_is_light(open_page, published):
    """The front page and all that it loads by itself, before anybody asks for the map."""
    opened = open_page(path_of("front", published))
    opened.page.wait_for_load_state("networkidle")
    sizes = opened.page.evaluate(
        "performance.getEntries().filter(e => e.transferSize !== undefined).map(e => [e.name, e.decodedBodySize])"
    )
    light = {name: size for name, size in sizes if "map-" not in name and "basemap" not in name and "data/" not in name}
    assert len(light) >= 3
    assert sum(light.values()) < 150_000, light


def test_by_keyboard_alone(open_page, published):
    """From the top of the front page: skip to the content, then to the list of sites, search, and open the first one."""
    opened = open_page(path_of("front", published))
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(opened.page.url.replace("index.html", "sites/index.html"))
    ready(page)
    _tab_to(page, 'input[name="q"]')
    page.keyboard.type("Փորձնական 12")
    until(page, "document.querySelectorAll('.sites-results li').length < 50")
    _tab_to(page, ".sites-results a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/site/*.html")
    assert re.search(r"\b12\d*$", page.locator("h1").inner_text())


def _tab_to(page, selector: str) -> None:
    """Press Tab until an element has the focus, and see that the focus can be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            style = page.evaluate(
                "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
            )
            assert style[0] != "none"
            assert style[1] != "0px"
            return
    pytest.fail(f"80 presses of Tab never came to {selector}")


def test_print_hides_what_cannot_be_used_on_paper(open_page, published, screenshots):
    opened = open_page(path_of("site", published))
    opened.page.emulate_media(media="print")
    assert not opened.page.locator(".check-button").first.is_visible()
    assert opened.page.locator("h1").is_visible()
    (screenshots / "site-print.pdf").write_bytes(opened.page.pdf(format="A4"))


def test_every_language_leads_to_the_same_page_in_the_others(published):
    page = (published / path_of("site", published)).read_text()
    for language in LANGUAGES[1:]:
        assert f'hreflang="{language}"' in page
    assert json.loads((published / "index.json").read_text())
