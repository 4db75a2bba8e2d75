"""Publishing: what is there, what never is, and how little is written again."""

import base64
import hashlib
import html
import html.parser
import re
from pathlib import Path

import msgspec
import pytest

from tests.publishing.conftest import SECRETS, build, files_of, site_of
from vestige.entries import (
    Assessment,
    Assessor,
    DateWindow,
    Draft,
    Location,
    Name,
    Site,
    Source,
    Span,
    Speaker,
    Statement,
)
from vestige.errors import InputError
from vestige.publishing import LANGUAGES, ExposedPlaceError, NotASiteError, publish, verify_site
from vestige.publishing.making._page_writer import stands_everywhere
from vestige.publishing.words._catalogue import catalogue
from vestige.publishing.words._language import language


def test_every_kind_of_page_is_there_in_every_language(published):
    key = {name: getattr(published, name).partition(":")[2] for name in ("bridge", "said", "source", "actor", "study")}
    for code in LANGUAGES:
        for page in (
            "index.html",
            "sites/index.html",
            "sites/BA.html",
            "sites/AM.html",
            "sites/other.html",
            f"site/{key['bridge']}.html",
            f"assessments/{key['bridge']}.html",
            f"statement/{key['said']}.html",
            f"source/{key['source']}.html",
            f"actor/{key['actor']}.html",
            f"study/{key['study']}.html",
            "findings/index.html",
            "statements/index.html",
            "sources/index.html",
            "studies/index.html",
            "ledger/index.html",
            "ledger/0.html",
            "balance.html",
            "peace.html",
            "check.html",
            "data.html",
            "changes.atom",
            "changes.json",
        ):
            assert (published.out / code / page).is_file(), (code, page)


def test_no_secret_is_in_any_file(published):
    for path, data in files_of(published.out).items():
        for secret in SECRETS:
            assert secret.encode() not in data, (path, secret)


def test_a_rejected_or_withdrawn_thing_has_no_page(published):
    for about in (published.rejected, published.gone):
        kind, _, key = about.partition(":")
        assert not (published.out / "en" / kind / f"{key}.html").exists()
        assert not (published.out / kind / f"{key}.json").exists()


class _Page(html.parser.HTMLParser):
    """Gathers what could act: elements, attributes, addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.scripts: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in {"href", "src", "data-index", "data-twin"} and value]
        if tag == "script":
            self.scripts.append(dict(attrs))


def pages(root: Path):
    """Give the pages of a site; the checker among its assets is no page of it, and holds its own script and style."""
    for path in sorted(path for path in root.rglob("*.html") if path.parent.name != "assets"):
        page = _Page()
        page.feed(path.read_text("utf-8"))
        yield path, page


def test_hostile_text_is_shown_and_never_acts(published):
    for path, page in pages(published.out):
        assert not {name for name in page.attributes if name.startswith("on") or name == "style"}, path
        assert not page.tags & {"iframe", "object", "embed", "base", "form"}, path
        for script in page.scripts:
            inert = script.get("type") in {"application/json", "application/ld+json"}
            assert inert or (script.get("src") or "").endswith("assets/islands.js"), (path, script)
        assert not [link for link in page.links if link.lower().startswith(("javascript:", "data:"))], path
    key = published.hostile.partition(":")[2]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in (published.out / f"en/site/{key}.html").read_text("utf-8")
    assert "{{7*7}}" in (published.out / f"en/site/{key}.html").read_text("utf-8")


def test_the_only_styles_in_a_page_are_those_that_its_policy_names(published):
    for path, _ in pages(published.out):
        text = path.read_text("utf-8")
        (styles,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
        assert text.count("<style") == 1, path
        assert f"style-src 'self' 'sha256-{digest}';" in html.unescape(text), path


def test_links_are_relative_lead_somewhere_and_ask_no_other_host(published):
    outside = set()
    for path, page in pages(published.out):
        for link in page.links:
            if "://" in link:
                outside.add(link)
                continue
            target, _, anchor = link.partition("#")
            file = (path.parent / target).resolve() if target else path
            assert file.is_file(), (path, link)
            assert file.is_relative_to(published.out), (path, link)
            if anchor and file.suffix == ".html":
                assert f'id="{anchor}"' in file.read_text("utf-8"), (path, link)
    assert outside == {
        "https://example.org/bridge?a=1&b=2"
    }  # a source's own address, followed only by a reader's click


def test_language_direction_and_policy_are_stated(published):
    for code in LANGUAGES:
        text = (published.out / code / "index.html").read_text("utf-8")
        direction = "rtl" if code == "ar" else "ltr"
        assert text.startswith(f'<!doctype html>\n<html lang="{code}" dir="{direction}" data-root="../">')
        assert "default-src &#39;none&#39;; script-src &#39;self&#39;" in text


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_english_of_ours_is_left_in_another_language(published, code):
    held = catalogue(code).messages
    long = {
        message: text
        for (_, message), text in held.items()
        if " " in message.strip() and message != text and "{" not in message
    }
    folder = published.out / code
    for path in folder.rglob("*.html"):
        text = html.unescape(path.read_text("utf-8"))
        assert [message for message in long if f">{message}<" in text or f"{message}." in text] == [], path
    assert held[None, "Country"] in (folder / f"site/{published.bridge[5:]}.html").read_text("utf-8")


def test_pages_are_light(published):
    for path, _ in pages(published.out):
        assert path.stat().st_size < 60_000, path
    first = (published.out / "en/index.html").stat().st_size + (published.out / "assets/vestige.css").stat().st_size
    assert first < 150_000


def test_twin_names_the_entries_of_its_page(published):
    twin = msgspec.json.decode((published.out / f"site/{published.bridge[5:]}.json").read_bytes())
    assert twin["id"] == published.bridge
    for entry in twin["entries"]:
        assert published.record.index.at(entry["index"]).hash == entry["hash"]
        assert (published.out / entry["body"]).is_file()


def test_publishing_again_writes_nothing(fresh):
    publish(fresh.record, fresh.out)
    before = files_of(fresh.out)
    again = publish(fresh.record, fresh.out)
    assert (again.full, again.written, again.removed) == (False, 0, 0)
    assert files_of(fresh.out) == before


def test_two_folders_are_byte_for_byte_the_same(fresh, tmp_path):
    publish(fresh.record, fresh.out)
    publish(fresh.record, tmp_path / "other", workers=2)
    assert files_of(fresh.out) == files_of(tmp_path / "other")


def change_site(ids) -> None:
    """Rename the cathedral."""
    entry = ids.record.index.current(ids.cathedral)
    body = msgspec.structs.replace(
        entry.body, names=(Name(text="Cathedral, renamed", language="en"),), countries=("UA", "BA")
    )
    ids.record.append(Draft(body, about=entry.about, replaces=entry.hash))


def change_assessment(ids) -> None:
    """Judge the cave for the first time."""
    when = DateWindow(when="on", start="2021")
    ids.record.append(Draft(Assessment(site=ids.cave, assessor=Assessor(name="First"), window=when, condition="Good")))


def change_withdraw_statement(ids) -> None:
    """Withdraw a statement, which ends its page and leaves its site and source."""
    ids.record.withdraw(ids.record.index.current(ids.said).hash, "It was misread")


def change_withdraw_site(ids) -> None:
    """Withdraw a site."""
    ids.record.withdraw(ids.record.index.current(ids.cathedral).hash, "Entered twice")


def change_source(ids) -> None:
    """Correct the title of a source that statements and assessments show."""
    entry = ids.record.index.current(ids.source)
    ids.record.append(
        Draft(msgspec.structs.replace(entry.body, title="New title"), about=entry.about, replaces=entry.hash)
    )


def change_add_sites(ids) -> None:
    """Add enough sites to begin a new tile of the ledger."""
    ids.record.append(*(Draft(Site(names=(Name(text=f"Site {n}"),), countries=("UA",))) for n in range(300)))


def change_reject(ids) -> None:
    """Reject a confirmed statement."""
    entry = ids.record.index.current(ids.denied)
    body = msgspec.structs.replace(entry.body, status="rejected")
    ids.record.append(Draft(body, about=entry.about, replaces=entry.hash))


def change_add_statement(ids) -> None:
    """Add a statement about a site that others are about, whose pages list it."""
    said = ids.record.index.current(ids.said).body
    ids.record.append(Draft(msgspec.structs.replace(said, content="The bridge will be built again")))


def change_disagree(ids) -> None:
    """Add a statement about another site that disagrees with one, as the page of the first site says."""
    said = ids.record.index.current(ids.said)
    body = msgspec.structs.replace(said.body, content="Nothing was hit", sites=(ids.cathedral,), agrees_with=())
    ids.record.append(Draft(msgspec.structs.replace(body, disagrees_with=(said.about,))))


def change_add_copy(ids) -> None:
    """Add a source whose file is that of another source, whose page lists copies."""
    entry = ids.record.index.current(ids.source)
    ids.record.append(Draft(msgspec.structs.replace(entry.body, title="The same elsewhere")))


def change_actor(ids) -> None:
    """Rename an actor whom statements show."""
    entry = ids.record.index.current(ids.actor)
    body = msgspec.structs.replace(entry.body, names=(Name(text="Another name"),))
    ids.record.append(Draft(body, about=entry.about, replaces=entry.hash))


def change_withdraw_source(ids) -> None:
    """Withdraw a source that statements come from."""
    resting = [entry.hash for entry in ids.record.index.resting_on(ids.source) if entry.kind == "statement"]
    versions = [entry.hash for entry in ids.record.index.history(ids.source)]
    ids.record.withdraw_all([*versions, *resting], "Entered twice")


@pytest.mark.parametrize(
    "change",
    [
        change_add_statement,
        change_disagree,
        change_add_copy,
        change_actor,
        change_withdraw_source,
        change_site,
        change_assessment,
        change_withdraw_statement,
        change_withdraw_site,
        change_source,
        change_add_sites,
        change_reject,
    ],
)
def test_publishing_a_change_gives_what_publishing_anew_would(fresh, tmp_path, change):
    publish(fresh.record, fresh.out)
    change(fresh)
    changed = publish(fresh.record, fresh.out)
    whole = publish(fresh.record, tmp_path / "anew")
    assert not changed.full
    assert whole.full
    ours, anew = site_of(fresh.out), site_of(tmp_path / "anew")
    assert ours.keys() == anew.keys()
    assert [path for path in ours if ours[path] != anew[path]] == []
    assert verify_site(fresh.out).unchanged


def test_a_page_that_nobody_could_see_change_is_not_written(fresh):
    publish(fresh.record, fresh.out)
    change_assessment(fresh)
    untouched = fresh.out / f"en/site/{fresh.bridge[5:]}.html"
    before = untouched.stat().st_mtime_ns
    publish(fresh.record, fresh.out)
    assert untouched.stat().st_mtime_ns == before


def test_a_lost_or_altered_file_comes_back(fresh):
    publish(fresh.record, fresh.out)
    before = files_of(fresh.out)
    (fresh.out / "en/index.html").unlink()
    publish(fresh.record, fresh.out)
    assert files_of(fresh.out) == before
    (fresh.out / "en/index.html").write_text("forged")
    publish(fresh.record, fresh.out, full=True)
    assert files_of(fresh.out) == before


def test_without_memory_stale_files_go_and_strangers_stay(fresh, monkeypatch, tmp_path):
    publish(fresh.record, fresh.out)
    (fresh.out / "CNAME").write_text("heritage.example")
    change_withdraw_site(fresh)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    done = publish(fresh.record, fresh.out)
    assert done.full
    assert done.removed > 0
    assert not (fresh.out / f"en/site/{fresh.cathedral[5:]}.html").exists()
    assert (fresh.out / "CNAME").is_file()


def test_a_folder_with_other_files_is_refused(fresh):
    fresh.out.mkdir()
    (fresh.out / "thesis.doc").write_text("years of work")
    with pytest.raises(NotASiteError, match="other files"):
        publish(fresh.record, fresh.out)
    assert [path.name for path in fresh.out.iterdir()] == ["thesis.doc"]


def test_an_exact_place_entered_before_a_site_became_sensitive_is_not_published(fresh):
    first = fresh.record.append(
        Draft(Site(names=(Name(text="Tomb"),), location=Location(latitude=39.123456, longitude=46.654321)))
    )[0]
    body = fresh.record.index.entry(first.entry).body
    fresh.record.append(
        Draft(msgspec.structs.replace(body, sensitivity="sensitive"), about=first.about, replaces=first.entry)
    )
    with pytest.raises(ExposedPlaceError, match="withdraw that entry first"):
        publish(fresh.record, fresh.out)
    fresh.record.withdraw(first.entry, "exact place of a sensitive site")
    publish(fresh.record, fresh.out)
    assert all(b"39.123456" not in data for data in files_of(fresh.out).values())


def test_an_unknown_language_is_refused(tmp_path):
    record, _ = build(tmp_path / "record", ("en", "tlh"))
    with record, pytest.raises(InputError, match="tlh"):
        publish(record, tmp_path / "out")


def test_no_two_files_hold_the_same_bytes(published):
    by_content = {}
    for path, data in files_of(published.out).items():
        if b"".join(data.split()) != b"[]":  # a kind of which there is nothing yet
            by_content.setdefault(data, []).append(path)
    assert [paths for paths in by_content.values() if len(paths) > 1] == []


def test_every_sentence_leads_to_the_ledger(published):
    text = (published.out / f"en/site/{published.bridge[5:]}.html").read_text("utf-8")
    how = re.findall(r'<details class="how">.*?</details>', text, re.DOTALL)
    assert len(how) == 4  # once each: the finding, the site, all assessments, all statements
    assert [len(re.findall(r'ledger/0.html#e\d+">entry', part)) for part in how[1:]] == [1, 5, 2]


def test_a_source_without_public_file_offers_none(fresh):
    publish(fresh.record, fresh.out)
    kept = next(
        e
        for e in fresh.record.index.entries("source", current=True)
        if isinstance(e.body, Source) and e.body.title == "Kept back"
    )
    text = (fresh.out / f"en/source/{kept.about[7:]}.html").read_text("utf-8")
    assert "Kept in the archive, not published." in text
    assert not (fresh.out / "file" / kept.body.file[:2] / kept.body.file).exists()


def test_a_time_line_of_a_few_weeks_marks_months_and_one_of_years_marks_years():
    from datetime import date

    from vestige.publishing.kinds._site_timeline import Scale, _months, _years

    english = language("en")
    weeks = Scale(date(2015, 7, 2), 121)
    assert [label for _, label in _months(weeks, english)] == ["Aug 2015", "Sept 2015", "Oct 2015"]
    months = [date(2021, month, 1) for month in range(1, 13)]
    # Within 12 per cent of the edge of a telephone's 358 pixels, half a name has 43.
    assert max(len(language(code).month(day)) for code in LANGUAGES for day in months) <= 13
    assert all(12 <= weeks.at(day) <= 88 for day, _ in _months(weeks, english))
    long = Scale(date(2001, 5, 1), 9000)
    assert [label for _, label in _years(long)] == ["2005", "2010", "2015", "2020", "2025"]


def test_an_observation_shows_pictures_and_drawings_and_offers_the_rest(published):
    """Figures come in any order and without names: what each is, its first bytes say."""
    key = published.cathedral[5:]
    observations = msgspec.json.decode((published.out / f"site/{key}.json").read_bytes())["observations"]
    card = next(card for card in observations if card["figures"])
    dossier, drawing, before, after = card["figures"]
    assert (card["pictures"], card["drawings"]) == ([before, after], [drawing])
    page = (published.out / f"en/site/{key}.html").read_text("utf-8")
    swipe, _, rest = page.partition('data-island="swipe"')[2].partition("</div>")
    assert swipe.index(f"../../{before}") < swipe.index(f"../../{after}")
    assert f'data-island="drawing"><img loading="lazy" src="../../{drawing}"' in " ".join(rest.split())
    assert f'<a href="../../{dossier}" download>' in rest


def test_an_abstract_is_never_called_an_original(fresh):
    text = "The paper reports that the roof was hit, the mayor said.\n"
    file = fresh.record.add_file(text.encode())
    source = Source(title="A paper", form="abstract", file=file, media_type="text/plain", language="en")
    (entered,) = fresh.record.append(Draft(source))
    content, start = "the roof was hit", text.index("the roof was hit")
    statement = Statement(
        source=entered.about,
        content=content,
        speaker=Speaker(role="the mayor"),
        manner="indirect",
        status="confirmed",
        file=file,
        language="en",
        spans=(Span(start=start, end=start + len(content)),),
    )
    (said,) = fresh.record.append(Draft(statement))
    publish(fresh.record, fresh.out)
    after = msgspec.json.decode((fresh.out / "index.json").read_bytes())["counts"]
    assert (after["sources_preserved"], after["sources_abstracts"]) == (1, 1)
    page = (fresh.out / f"en/source/{entered.about[7:]}.html").read_text("utf-8")
    assert "<dt>Original</dt>" not in page
    assert "not the text of the source" in page
    page = (fresh.out / f"en/statement/{said.about[10:]}.html").read_text("utf-8")
    assert "word for word" not in page
    assert "not the text of the source" in page
    assert "(Abstract in the keeper&#39;s words)" in page


def test_a_page_that_does_not_show_every_statement_says_so(fresh, monkeypatch):
    monkeypatch.setattr("vestige.publishing.views._cards.MOST_CARDS", 1)
    publish(fresh.record, fresh.out, workers=1)
    for about in (fresh.bridge, fresh.source, fresh.actor):
        kind, _, key = about.partition(":")
        view = msgspec.json.decode((fresh.out / f"{kind}/{key}.json").read_bytes())
        page = (fresh.out / f"en/{kind}/{key}.html").read_text("utf-8")
        assert len(view["statements"]) == 1
        said = f"Shown: 1 of {view['statements_in_all']}." in page and "../../data/statements.csv" in page
        assert said == (view["statements_in_all"] > 1)
    assert msgspec.json.decode((fresh.out / f"site/{fresh.bridge[5:]}.json").read_bytes())["statements_in_all"] > 1


def test_a_page_that_does_not_name_every_correction_says_so(fresh, monkeypatch):
    record, bridge = fresh.record, fresh.record.index.current(fresh.bridge)
    for number in range(3):
        corrected = msgspec.structs.replace(bridge.body, description=f"Correction {number}.")
        record.append(Draft(corrected, about=fresh.bridge, replaces=record.index.current(fresh.bridge).hash))
    publish(record, fresh.out, workers=1)
    path = fresh.out / f"en/site/{fresh.bridge[5:]}.html"
    whole = msgspec.json.decode((fresh.out / f"site/{fresh.bridge[5:]}.json").read_bytes())["versions_in_all"]
    assert whole >= 4
    assert "The ledger holds all." not in path.read_text("utf-8")
    monkeypatch.setattr("vestige.publishing.views._collect.MOST_CARDS", 2)
    publish(record, fresh.out.with_name("short"), workers=1)
    page = (fresh.out.with_name("short") / f"en/site/{fresh.bridge[5:]}.html").read_text("utf-8")
    assert f"Shown: the newest 2 of {whole}. The ledger holds all." in page


def test_a_statement_that_does_not_list_all_about_its_site_says_so(fresh, monkeypatch, tmp_path):
    monkeypatch.setattr("vestige.publishing.views._relations.MOST_OF_A_SITE", 2)
    monkeypatch.setattr("vestige.publishing.views._relations.MOST_OF_A_STATEMENT", 3)
    said = fresh.record.index.current(fresh.said)
    body = msgspec.structs.replace(said.body, sites=(fresh.cave,), agrees_with=(), disagrees_with=())

    def add(*contents, **more):
        drafts = (Draft(msgspec.structs.replace(body, content=content, **more)) for content in contents)
        return [entry.about for entry in fresh.record.append(*drafts)]

    def says_so(about):
        changed = publish(fresh.record, fresh.out, workers=1)
        anew = tmp_path / f"anew {len(list(tmp_path.glob('anew *')))}"
        publish(fresh.record, anew, workers=1)
        assert not changed.full
        assert site_of(fresh.out) == site_of(anew)
        page = (fresh.out / f"en/statement/{about[10:]}.html").read_text("utf-8")
        return "Not all related statements are shown here." in page

    publish(fresh.record, fresh.out, workers=1)
    first, _ = add("The cave is closed", "The cave is open")
    assert not says_so(first)
    (third,) = add("The cave is dark")
    assert says_so(first)
    assert not says_so(third)
    (fourth,) = add("The cave is lit")
    assert says_so(first)
    assert says_so(third)
    for last in (fourth, third):
        assert says_so(first)
        fresh.record.withdraw(fresh.record.index.current(last).hash, "It was misread")
    assert not says_so(first)
    add("The cave was never shut", agrees_with=(first,))
    assert not says_so(first)
    (odd,) = add("The cave is a quarry")
    assert says_so(first)
    entry = fresh.record.index.current(odd)
    rejected = msgspec.structs.replace(entry.body, status="rejected")
    fresh.record.append(Draft(rejected, about=odd, replaces=entry.hash))
    assert not says_so(first)


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("balance.html", "balance.html"),
        ("findings/index.html", "findings/index.html"),
        ("sources/index.html", "sources/index.html"),
    ],
)
def test_the_switch_of_languages_stays_on_a_page_that_every_language_has(page, leads_to, published):
    text = (published.out / "en" / page).read_text()
    up = "../" * (page.count("/") + 1)
    assert f'hreflang="ar" lang="ar" dir="rtl" href="{up}ar/{leads_to}"' in text
    assert (published.out / "ar" / leads_to).is_file()


@pytest.mark.parametrize(
    ("path", "everywhere"),
    [("balance.html", True), ("a/index.html", True), ("a/2.html", False), ("index.html", True)],
)
def test_by_default_the_pages_above_and_the_indexes_stand_in_every_language(path, everywhere):
    assert stands_everywhere(path) == everywhere
