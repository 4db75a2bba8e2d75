"""What a page shows first and to whom: the worst that is documented, a contact or that there is none, what previews and search engines are told."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vestige import publishing
from vestige.entries import DateWindow, Finding
from vestige.publishing.kinds._site import worst_of
from vestige.publishing.views._marks import CONDITIONS

SCALE = CONDITIONS[:5]
ROOM = Path(publishing.__file__).parent


def finding(year: int, *conditions: str) -> Finding:
    window = DateWindow(when="on", start=str(year))
    return Finding(
        site="site:a", window=window, state="single", conditions=dict.fromkeys(conditions, ("0" * 64,)), required=2
    )


@given(st.lists(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3), max_size=6))
def test_a_page_leads_with_the_first_of_the_worst(given_conditions):
    findings = [finding(1990 + i, *conditions) for i, conditions in enumerate(given_conditions)]
    worst = worst_of(findings)
    for condition in reversed(SCALE):
        bearing = [one for one in findings if condition in one.conditions]
        if bearing:
            assert worst == bearing[0]
            return
    assert worst is None


def test_the_page_of_a_site_says_what_happened_before_how_it_stands(published):
    page = (published.out / f"en/site/{published.bridge.partition(':')[2]}.html").read_text("utf-8")
    standing = page[page.index('class="standing"') :]
    assert standing.index("Destroyed") < standing.index('class="then"') < standing.index("according to")


def test_a_record_without_contact_says_so_and_pages_tell_previews_what_they_are(published):
    page = (published.out / "en/index.html").read_text("utf-8")
    assert "The keepers of this record give no contact." in page
    assert '<meta property="og:title"' in page
    assert (published.out / "robots.txt").read_text().startswith("User-agent: *")
    assert "A public record of what happened" in (published.out / "index.html").read_text("utf-8")


def test_no_style_keeps_content_from_a_capture_of_the_whole_page():
    for style in (ROOM / "assets").glob("*.css"):
        assert "content-visibility: auto" not in style.read_text("utf-8")
