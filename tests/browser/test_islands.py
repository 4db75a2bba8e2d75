"""The islands in a real browser: list, map, before and after."""

import pytest
from server import serve
from waiting import until, until_seen

from example import SITES
from kinds import path_of


def count(page) -> str:
    return page.locator(".sites-count").inner_text()


@pytest.fixture
def sites(open_page, published):
    opened = open_page(path_of("sites", published))
    opened.page.wait_for_selector(".sites-results li")
    return opened


def test_search_in_every_script(sites):
    page = sites.page
    assert count(page) == f"{SITES} sites of {SITES}"
    for typed in (
        "test site 100",
        "SINAQ YERI i 100",
        "Sınaq yerı 100",
        "ՓՈՐՁՆԱԿԱՆ 100",
        "موقع إختبار ١٠٠",
        "ПРОБНЕ МІСЦЕ 100",
    ):
        page.fill('input[name="q"]', typed)
        assert count(page) == f"1 site of {SITES}", typed
    page.fill('input[name="q"]', "no such place")
    assert "No site fits" in count(page)
    assert page.locator(".sites-count").get_attribute("role") == "status"
    sites.assert_clean()


WORDS_FETCHED = "performance.getEntriesByType('resource').some(entry => entry.name.endsWith('sites-words.json'))"


def test_a_site_is_found_by_who_spoke_of_it_and_by_its_country_once_the_field_is_used(sites):
    page = sites.page
    assert not page.evaluate(WORDS_FETCHED)
    page.fill('input[name="q"]', "second speaker")
    until(page, f"document.querySelector('.sites-count').textContent === '1 site of {SITES}'")
    assert "speaker of a statement: Second speaker" in page.locator(".sites-results").inner_text()
    page.fill('input[name="q"]', "syria destroyed")
    places = page.locator(".sites-results li").all_inner_texts()
    assert places
    assert all("Syria" in place and "Destroyed" in place for place in places)
    until(page, "location.search === '?q=syria+destroyed'")
    sites.assert_clean()


def test_where_the_words_of_sites_do_not_come_the_list_says_what_is_not_searched(sites):
    page = sites.page
    page.route("**/sites-words.json", lambda route: route.abort())
    page.fill('input[name="q"]', "test site 100")
    until(page, "document.querySelector('.sites-partly').textContent.includes('not searched')")
    assert count(page) == f"1 site of {SITES}"


def test_filters_narrow_and_the_address_bar_holds_them(sites, open_page):
    page = sites.page
    page.select_option('select[name="condition"]', "Destroyed")
    page.select_option('select[name="country"]', "SY")
    page.fill('input[name="from"]', "2022-06-01")
    narrowed = count(page)
    assert narrowed != f"{SITES} sites of {SITES}"
    assert "condition=Destroyed" in page.url
    assert "from=2022-06-01" in page.url
    states = page.locator(".sites-state").all_text_contents()
    assert states
    assert all(state.startswith("Destroyed") for state in states)
    page.reload()
    page.wait_for_selector(".sites-results li")
    assert count(page) == narrowed
    page.click('button[type="reset"]')
    until(page, f"document.querySelector('.sites-count').textContent.startsWith('{SITES} ')")
    assert "?" not in page.url


LAST_ROW_IS_LAID_OUT = (
    "document.querySelector('.sites-results li:last-child a').checkVisibility({contentVisibilityAuto: true})"
)
"""Rows are laid out as they come into view, which moves the button below them: a person presses it after that."""


def test_results_are_turned_page_by_page(sites):
    page = sites.page
    first = page.locator(".sites-results a").first.text_content()
    turn = page.get_by_role("button", name="Next")
    turn.scroll_into_view_if_needed()
    until(page, LAST_ROW_IS_LAID_OUT)
    turn.click()
    assert page.locator(".sites-results a").first.text_content() != first
    assert page.locator(".sites-results").get_attribute("start") == "51"
    assert "page=2" in page.url
    page.locator(".sites-results a").first.click()
    page.wait_for_url("**/site/*.html")
    page.go_back()
    page.wait_for_selector('.sites-results[start="51"]')


def test_by_keyboard_a_turned_page_begins_at_its_first_site(sites):
    page = sites.page
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('.sites-results[start="51"]')
    assert page.evaluate("document.activeElement === document.querySelector('.sites-results a')")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.sites-form') !== null")


def test_sensitive_sites_are_found_by_how_their_place_is_shown(sites):
    sites.page.select_option('select[name="place"]', "sensitive")
    assert count(sites.page) == f"{len([n for n in range(SITES) if n % 9 == 4])} sites of {SITES}"


def show_map(page):
    page.wait_for_selector('[data-island="map"] .map-show, [data-island="map"] .map-box')
    if page.locator(".map-show").count():
        page.locator(".map-show").first.click()
    page.wait_for_selector('[data-island="map"][data-ready]')
    page.locator(".map-box").scroll_into_view_if_needed()


def colours(page, box) -> set[tuple[int, int, int]]:
    """The colours that a part of the page really shows."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(box.screenshot())) as image:
        return {colour for _, colour in image.convert("RGB").getcolors(1_000_000)}


@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "no ranges"])
def test_the_map_shows_land_sites_and_a_legend(ranges, open_page, published, screenshots):
    with serve(published, ranges=ranges) as base:
        opened = open_page(path_of("front", published), base=base)
        show_map(opened.page)
        painted = {(0xF7, 0xF5, 0xF0), (0xD5, 0xDF, 0xE3), (0x3B, 0x4A, 0x5A)}  # land, water, clusters
        box = opened.page.locator(".map-box")
        until_seen(opened.page, lambda: painted <= colours(opened.page, box), f"the map never shows {painted}")
        assert "Disputed boundary" in opened.page.locator(".map-legend").inner_text()
        assert "1 site has no place" in opened.page.locator(".map-caption").inner_text()
        if ranges:
            opened.page.screenshot(path=screenshots / "map-front.png")
        opened.assert_clean()


def in_the_middle(page) -> list[str]:
    """Press the middle of the map, and give the names of the sites that it shows for it; the map may still be moving."""
    box = page.locator(".map-box").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return page.locator(".map-sites a").all_inner_texts()


def test_the_map_follows_the_filters_of_the_list_and_opens_a_site(sites, screenshots):
    page = sites.page
    page.fill('input[name="q"]', "test site 101")
    show_map(page)
    page.fill('input[name="q"]', "test site 100")
    page.locator(".map-box").scroll_into_view_if_needed()
    until_seen(page, lambda: in_the_middle(page) == ["Test site 100"], "the map never moves to the site")
    page.screenshot(path=screenshots / "map-popup.png")
    page.keyboard.press("Escape")
    assert page.locator(".map-sites").count() == 0
    assert page.evaluate("document.activeElement.matches('.maplibregl-canvas')")
    until_seen(page, lambda: in_the_middle(page), "no site is found a second time")
    page.locator(".map-sites a").first.click()
    page.wait_for_url("**/site/*.html")
    assert page.locator("h1").inner_text() == "Test site 100"


def test_the_map_of_a_sensitive_site_shows_a_cell_and_no_point(open_page, published, screenshots):
    opened = open_page(path_of("sensitive-site", published))
    show_map(opened.page)
    opened.page.screenshot(path=screenshots / "map-cell.png")
    shown = colours(opened.page, opened.page.locator(".map-box"))
    assert len(shown) > 3
    opened.assert_clean()


def test_arabic_map_has_arabic_words(open_page, published, screenshots):
    opened = open_page(path_of("front", published, "ar"), color_scheme="dark")
    show_map(opened.page)
    assert "حدود" in opened.page.locator(".map-legend").inner_text()
    opened.page.screenshot(path=screenshots / "map-arabic-dark.png")
    opened.assert_clean()


def test_the_map_is_worked_by_keyboard(open_page, published):
    opened = open_page(path_of("front", published))
    opened.page.locator(".map-show").first.focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector('[data-island="map"][data-ready]', timeout=60_000)
    assert opened.page.evaluate("document.activeElement.matches('.maplibregl-canvas')")
    canvas = opened.page.locator(".maplibregl-canvas")
    described = opened.page.locator(f"#{canvas.get_attribute('aria-describedby')}")
    assert "the list of sites leads to the same pages" in described.inner_text()
    canvas.focus()
    before = opened.page.locator(".map-box").screenshot()
    for _ in range(3):
        opened.page.keyboard.press("+")
    until_seen(opened.page, lambda: opened.page.locator(".map-box").screenshot() != before, "no key moves the map")


def test_without_webgl_the_map_says_so_and_the_list_stays(open_page, published, browser, address):
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    page.goto(address + path_of("front", published))
    until(page, "document.querySelector('[data-island=map]').textContent.includes('no WebGL')")
    context.close()


def test_a_reader_who_saves_data_is_asked_before_the_map_loads(open_page, published):
    page = open_page(path_of("front", published)).page
    page.wait_for_load_state("networkidle")
    assert page.locator(".map-show").is_visible()
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert asked
    assert not [url for url in asked if "map-view" in url or "pmtiles" in url]


def test_swipe_moves_by_key_by_click_and_goes_side_by_side(open_page, published, screenshots):
    opened = open_page(path_of("site", published))
    page = opened.page
    page.wait_for_selector('[data-island="swipe"][data-ready]')
    stage = page.locator(".swipe-stage")
    stage.scroll_into_view_if_needed()
    until(
        page,
        "[...document.querySelectorAll('.swipe-stage img')].every(image => image.complete && image.naturalWidth > 0)",
    )
    slider = page.get_by_role("slider")
    clip = lambda: page.evaluate("getComputedStyle(document.querySelector('.swipe-stage img')).clipPath")  # noqa: E731
    start = clip()
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "100% before"
    assert clip() != start
    box = slider.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    assert 15 < float(slider.input_value()) < 35
    page.screenshot(path=screenshots / "swipe.png")
    page.get_by_role("button", name="Side by side").click()
    boxes = [image.bounding_box() for image in page.locator(".swipe-stage img").all()]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    page.screenshot(path=screenshots / "swipe-side.png")
    drawing = page.locator(".observation .drawing img")
    drawing.scroll_into_view_if_needed()
    until(page, "document.querySelector('.observation .drawing img').src.startsWith('blob:')")
    until(page, "document.querySelector('.observation .drawing img').naturalWidth === 300")
    opened.assert_clean()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_does_not_move_when_pictures_come(width, open_page, published):
    """Everything is where it will stay before the first byte of a picture or drawing has come."""
    opened = open_page(path_of("site", published), viewport={"width": width, "height": 900})
    page = opened.page
    held = []
    page.route("**/file/**", lambda route: route.continue_() if held is None else held.append(route))
    page.reload()
    page.wait_for_selector('[data-island="swipe"][data-ready]')
    page.locator(".observation .drawing").scroll_into_view_if_needed()
    until(page, "document.querySelectorAll('.observation img').length === 3")
    places = """(() => {
      const observation = document.querySelector('.observation');
      const top = observation.getBoundingClientRect().top;
      return [observation, ...observation.querySelectorAll('img, figcaption, button, summary')]
        .map(element => [element.tagName, element.getBoundingClientRect()])
        .map(([name, box]) => [name, box.x, box.y - top, box.width, box.height].map(value => value.toFixed?.(1) ?? value));
    })()"""
    before = page.evaluate(places)
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    until(
        page,
        "[...document.querySelectorAll('.observation img')].every(image => image.complete && image.naturalWidth > 0"
        " && !image.src.startsWith('data:'))",
    )
    assert page.evaluate(places) == before
    opened.assert_clean()


def test_the_map_comes_by_itself_once_the_text_has_been_painted(open_page, published):
    opened = open_page(path_of("front", published), saves_data=False)
    page = opened.page
    page.wait_for_selector('[data-island="map"][data-ready]')
    painted, asked = page.evaluate(
        "[performance.getEntriesByName('first-contentful-paint')[0].startTime,"
        " performance.getEntriesByType('resource').find(entry => entry.name.includes('map-view.js')).startTime]"
    )
    assert painted < asked
    opened.assert_clean()
