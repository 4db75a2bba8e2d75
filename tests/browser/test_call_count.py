"""The recount of a call in a real browser: the numbers as the files give them, and the name of what does not fit."""

import pytest
from server import serve
from tests.calling.published import publish_crowd

from vestige.publishing import PublishedRecord


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowd")
    about = publish_crowd(folder, languages=("en", "ar"))
    return folder / "site", f"call/{about.partition(':')[2]}.html"


def counted(page):
    """Count by keyboard alone; give the verdict and what the status line says."""
    page.locator(".count-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-island="count"][data-verdict]')
    mark = page.locator('[data-island="count"]')
    assert page.evaluate("document.activeElement.className") == "check-result"
    return mark.get_attribute("data-verdict"), mark.locator('[role="status"]').inner_text()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_untouched_call_counts_again(crowd, open_page, language):
    site, path = crowd
    with serve(site) as base:
        opened = open_page(f"{language}/{path}", base=base)
        assert counted(opened.page)[0] == "unchanged"
        text = opened.page.locator('[data-island="count"] .check-result').inner_text()
        if language == "en":
            assert "stand: 130. Counted 150 in 3 sheets, ended 20." in text
            assert "Bodies 2, named persons 0, retracted 1: never one number." in text
        opened.assert_clean()


def test_a_sheet_that_was_altered_is_named(crowd, open_page):
    site, path = crowd
    (name,) = [one.body.sheet for one in PublishedRecord(site).entries({"tally"}) if one.body.number == 2]
    file = site / "file" / name[:2] / name
    whole = file.read_bytes()
    file.write_bytes(whole[:-32] + bytes(32))
    try:
        with serve(site) as base:
            opened = open_page(f"en/{path}", base=base)
            verdict, said = counted(opened.page)
            assert verdict == "changed" and said.startswith("Things that do not fit:")
            found = opened.page.locator('[data-island="count"] .check-findings li').all_inner_texts()
            assert any(name in one and "Not in ascending order" in one and "(number 50)" in one for one in found), found
    finally:
        file.write_bytes(whole)


def test_only_the_page_of_a_call_asks_for_the_script_that_counts(crowd, open_page):
    site, path = crowd
    with serve(site) as base:
        asked = []
        opened = open_page("en/calls/index.html", base=base)
        opened.page.on("request", lambda request: asked.append(request.url))
        opened.page.reload(wait_until="networkidle")
        assert asked and not any("count" in one for one in asked)
        opened.page.goto(f"{base}en/{path}", wait_until="networkidle")
        assert any(one.endswith("assets/count.js") for one in asked)
