"""What a page shows first and to whom: the worst that is documented, a contact or that there is none, what previews and search engines are told."""

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vestige import publishing
from vestige.entries import DateWindow, Finding
from vestige.publishing import publish
from vestige.publishing.kinds._site_lead import course_of, lead_of, worst_of
from vestige.publishing.views._marks import CONDITIONS
from vestige.record import Record

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


@given(st.lists(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3), max_size=6))
def test_a_line_leads_with_the_worst_names_who_says_so_and_is_counted_once(given_conditions):
    findings = [finding(1990 + i, *conditions) for i, conditions in enumerate(given_conditions)]
    lead = lead_of(findings, {"0" * 64: "Anna"})
    known = [condition for one in findings for condition in one.conditions if condition in SCALE]
    assert (lead is None) == (not known)
    if lead:
        assert lead.condition == max(known, key=SCALE.index)
        assert lead.assessors == ("Anna",)
        course, *better = course_of(lead).split()
        assert course == {"Good": "unharmed", "Destroyed": "destroyed"}.get(lead.condition, "damaged")
        newest = [max(map(SCALE.index, shown)) for one in findings if (shown := set(one.conditions) & set(SCALE))][-1]
        assert bool(better) == (newest < SCALE.index(lead.condition))


def test_lists_and_front_lead_with_the_worst_and_tell_the_present_second(published):
    country = next(
        path for path in (published.out / "en/sites").glob("*.html") if published.bridge[5:] in path.read_text("utf-8")
    )
    row = country.read_text("utf-8").partition(published.bridge[5:])[2].partition("</tr>")[0]
    worst, newest = row.split("</td><td>")[:2]
    assert "Destroyed" in worst
    assert "according to" in worst
    assert 'class="finding"' in newest
    front = (published.out / "en/index.html").read_text("utf-8")
    counts = json.loads((published.out / "index.json").read_text())["counts"]
    assert counts["destroyed"] + counts["damaged"] + counts["unharmed"] <= counts["sites"]
    assert counts["destroyed"] >= 1
    assert front.index("Sites by the worst that is documented") < front.index("Sites by their newest finding")
    rows = json.loads((published.out / "data/sites-index.json").read_text())["sites"]
    row = next(row for row in rows if row[0] == published.bridge[5:])
    assert row[12][0] == "Destroyed"
    assert row[12][3]


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


def test_an_empty_record_says_on_every_list_what_would_be_here_and_how_it_gets_here(tmp_path):
    with Record.create(tmp_path / "record", "Empty") as record:
        publish(record, tmp_path / "out")
    lists = {path for path in (tmp_path / "out/en").glob("*/index.html") if path.parent.name != "ledger"}
    assert len(lists) > 10
    for path in (tmp_path / "out/en/index.html", tmp_path / "out/en/peace.html", *lists):
        page = path.read_text("utf-8")
        assert re.search(r"Nothing here yet.*?<code dir=\"ltr\">vestige [a-z ]+ --help</code>", page, re.DOTALL), path
    commands = {found for path in lists for found in re.findall(r"vestige ([a-z ]+) --help", path.read_text("utf-8"))}
    for command in commands:
        assert command.split()[0] in {"add", "appeal", "assess", "call", "dialogue", "reach", "state", "study", "visit"}
