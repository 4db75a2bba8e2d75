"""The checks: who may, what must stand together, and that no edit of a draft passes unseen."""

import datetime as dt
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appealing.conftest import TODAY, drafted, site
from vestige.appealing._composed import Paragraph, Run
from vestige.appealing.checking import check
from vestige.appealing.composing import compose, cut_text, parted
from vestige.appealing.documents import render_html
from vestige.appealing.drafting import read_draft, write_draft
from vestige.appealing.sentences import LANGUAGES, Facts, words
from vestige.entries import Draft, Statement
from vestige.procedures.forms import form, form_ids
from vestige.publishing.words._language import language
from vestige.record import still


def errors(draft, record, form_id=None):
    found = check(draft, form(form_id or draft.form), record, today=TODAY)
    return [one for one in found if one.level == "error"]


def changed(draft, field, number, **changes):
    """Give a draft with one paragraph changed, or taken out when nothing is given."""
    parts = []
    for part in draft.part:
        if part.field == field:
            paragraphs = list(part.paragraph)
            if changes:
                paragraphs[number] = msgspec.structs.replace(paragraphs[number], **changes)
            else:
                del paragraphs[number]
            part = msgspec.structs.replace(part, paragraph=tuple(paragraphs))  # noqa: PLW2901
        parts.append(part)
    return msgspec.structs.replace(draft, part=tuple(parts))


def paragraph(draft, field, number=0):
    return next(part.paragraph[number] for part in draft.part if part.field == field)


def test_a_component_of_a_listed_property_may_use_whc_174_and_no_alert(record):
    assert errors(drafted(record, "whc-174", "Transfiguration"), record) == []
    (refused,) = [
        e for e in errors(drafted(record, "icomos-alert", "Transfiguration"), record) if e.group == "eligibility"
    ]
    assert "not for World Heritage" in refused.says
    (refused,) = [e for e in errors(drafted(record, "whc-174", "Ghazanchetsots"), record) if e.group == "eligibility"]
    assert "not listed" in refused.says
    assert [
        e for e in errors(drafted(record, "icomos-alert", "Ghazanchetsots"), record) if e.group == "eligibility"
    ] == []


def test_an_organisation_may_recommend_and_may_not_ask_for_assistance(record):
    says = " ".join(e.says for e in errors(drafted(record, "whc-ia", "Transfiguration"), record))
    assert "art. 19" in says
    assert "not eligible" in says
    recommended = errors(drafted(record, "hague-ep-recommend", "Transfiguration"), record)
    assert [e for e in recommended if e.group == "eligibility"] == []


def test_a_note_verbale_is_not_for_organisations(record):
    draft = msgspec.structs.replace(drafted(record, "unesco-dg", "Ghazanchetsots"), letter="note-verbale")
    assert any("note verbale" in e.says for e in errors(draft, record))


def test_a_form_that_knows_only_a_portal_takes_no_address(record):
    draft = msgspec.structs.replace(drafted(record, "cer", "Ghazanchetsots"), means="post")
    assert any(e.where == "means" for e in errors(draft, record))


def test_both_sides_stand_in_one_paragraph_and_none_can_be_taken_out(record):
    draft = drafted(record, "unesco-dg", "Ghazanchetsots")
    said = paragraph(draft, "said")
    for voice in ("Armenian Defence Ministry", "Azerbaijani Defence Ministry", "Hugh Williamson", "Ilham Aliyev"):
        assert voice in said.text
    for left_out in said.cites:
        rest = tuple(name for name in said.cites if name != left_out)
        found = errors(changed(draft, "said", 0, cites=rest), record)
        assert left_out in {e.entry for e in found}


def test_a_contested_condition_cannot_be_made_to_say_one_side(record):
    draft = drafted(record, "unesco-dg", "Temple of Bel")
    condition = paragraph(draft, "condition")
    assert "Destroyed" in condition.text
    assert "Poor" in condition.text
    for name in condition.cites:
        assert Facts(words("en"), record.index).make("finding", [name]).text == condition.text
        assert errors(changed(draft, "condition", 0, cites=(name,)), record)
    composed = compose(changed(draft, "condition", 0, cites=condition.cites[:1]), form("unesco-dg"), record)
    (fact,) = [one for one in composed.sections[1].paragraphs if one.kind == "fact"]
    assert "Poor" in fact.text


@pytest.mark.parametrize(
    ("field", "text", "group"),
    [
        ("request", "We ask for a mission to the liberated territories.", "honesty"),
        ("request", "We ask that the barbaric acts be named.", "honesty"),
        ("request", "We ask to condemn Armenia.", "honesty"),
        ("request", "We ask about the strike of 9 October 2020.", "evidence"),
        ("request", "We ask about the strike of 9 October ٢٠٢٠.", "evidence"),
    ],
)
def test_people_cannot_charge_blame_or_date_without_an_entry(record, field, text, group):
    draft = drafted(record, "unesco-dg", "Ghazanchetsots")
    assert errors(draft, record) == []
    assert {e.group for e in errors(changed(draft, field, 0, text=text), record)} == {group}


def test_a_charged_word_inside_a_quotation_is_somebody_elses(record):
    draft = changed(drafted(record, "unesco-dg", "Ghazanchetsots"), "request", 0, text="We ask who said “barbaric”.")
    assert errors(draft, record) == []


def test_an_entry_that_was_withdrawn_or_never_was_is_named(record):
    draft = drafted(record, "unesco-dg", "Ghazanchetsots")
    (found,) = errors(changed(draft, "request", 0, cites=("f" * 64,)), record)
    assert found.entry == "f" * 64
    odesa = record.index.history(site(record, "Transfiguration"))[0]
    assert odesa.replaced_by
    replaced = changed(draft, "places", 0, cites=(odesa.hash,))
    assert any(e.entry == odesa.hash and odesa.replaced_by in e.do for e in errors(replaced, record))


def cited_by(draft):
    return {name for _, _, one in draft.paragraphs() for name in one.cites}


def test_news_alone_is_refused_where_the_form_says_so_until_a_source_of_another_nature_is_cited(record):
    draft = drafted(record, "op-icescr", "Ghazanchetsots", who="person")
    assert any("mass media alone" in e.says for e in errors(draft, record))
    said = next(e for e in record.index.of_site(draft.sites[0], "statement") if e.hash in cited_by(draft))
    source = record.index.current(said.body.source)
    record.append(
        Draft(msgspec.structs.replace(source.body, nature="report"), about=source.about, replaces=source.hash)
    )
    assert not any("mass media alone" in e.says for e in errors(draft, record))


def test_a_confidential_procedure_is_drafted_withheld_and_cannot_be_public(record):
    draft = drafted(record, "unesco-104", "Ghazanchetsots")
    assert draft.visibility == "withheld"
    public = msgspec.structs.replace(draft, visibility="public")
    assert any(e.where == "visibility" for e in errors(public, record))


@pytest.mark.parametrize("form_id", form_ids())
def test_no_sentence_of_fact_is_without_an_entry_that_the_ledger_holds(record, form_id):
    names = [entry.body.names[0].text for entry in record.index.entries("site", current=True)]
    composed = compose(drafted(record, form_id, *names), form(form_id), record)
    facts = [one for one in composed.paragraphs() if one.kind == "fact"]
    assert len(facts) >= len(names)
    for fact in facts:
        assert fact.cites
        assert all(record.index.entry(name).stands for name in fact.cites)
        assert set(fact.cites) <= set(composed.entries)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_composes_every_site_and_leaves_no_hole(record, tag):
    names = [entry.body.names[0].text for entry in record.index.entries("site", current=True)]
    composed = compose(drafted(record, "unesco-dg", *names, language=tag), form("unesco-dg"), record)
    text = " ".join(one.text for one in composed.paragraphs())
    assert "{" not in text
    assert composed.direction == ("rtl" if tag == "ar" else "ltr")


def test_a_draft_is_read_as_it_was_written(record):
    draft = drafted(record, "unesco-dg", "Temple of Bel", language="ar")
    assert read_draft(write_draft(draft)) == draft


@given(st.text(max_size=200), st.integers(1, 60), st.sampled_from(["words", "characters"]))
def test_field_and_annex_together_are_the_text_exactly(text, most, unit):
    head, tail = cut_text(text, most, unit)
    assert head + tail == text
    assert len(head.split()) <= most or unit == "characters"


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=5), st.integers(1, 40))
def test_parted_paragraphs_lose_nothing(texts, most):
    paragraphs = [Paragraph(kind="request", runs=(Run(text=text, language="en"),)) for text in texts]
    here, there = parted(paragraphs, most, "words")
    assert "".join(one.text for one in (*here, *there)) == "".join(texts)


def test_a_fact_goes_to_the_annex_whole():
    fact = Paragraph(kind="fact", runs=(Run(text="one two three", language="en", cites=("a",)),))
    assert parted([fact], 2, "words") == ((), (fact,))


def test_150_words_are_counted_alike_in_every_script():
    for word in ("word", "բառ", "كلمة"):
        assert len(" ".join([word] * 150).split()) == 150
        assert cut_text(" ".join([word] * 151), 150, "words")[1] == word


SWAPS = [
    ("Armenia", "Azerbaijan"),
    ("2020", "2021"),
    ("October", "November"),
    ("said", "admitted"),
    ("Poor", "Destroyed"),
]


def mutated(draft, chance):
    """Give a draft with one random edit of the kinds that somebody could make to mislead."""
    places = [(part.field, number) for part in draft.part for number in range(len(part.paragraph))]
    field, number = chance.choice(places)
    one = paragraph(draft, field, number)
    edit = chance.choice(
        (
            "cite",
            "foreign",
            "word",
            "swap",
            "digit",
            "charged",
            "delete",
            "role",
            "part",
            "site",
            "sentence",
            "signatory",
            "form",
            "drop-letter",
        )
    )
    if edit == "cite" and one.cites:
        return changed(
            draft, field, number, cites=tuple(n for n in one.cites if n != chance.choice(one.cites)) or ("0" * 64,)
        )
    if edit == "foreign" and one.cites:
        return changed(draft, field, number, cites=(*one.cites[:-1], f"{chance.getrandbits(256):064x}"))
    if edit == "word" and one.role == "fact":
        words_ = one.text.split(" ")
        words_[chance.randrange(len(words_))] = "perhaps"
        return changed(draft, field, number, text=" ".join(words_))
    if edit == "swap" and one.role == "fact":
        text = one.text
        for a, b in chance.sample(SWAPS, len(SWAPS)):
            if a in text or b in text:
                text = text.replace(a, b) if a in text else text.replace(b, a)
                return changed(draft, field, number, text=text)
    if edit == "digit" and one.role == "fact" and any(c.isdigit() for c in one.text):
        at = chance.choice([i for i, c in enumerate(one.text) if c.isdigit()])
        return changed(
            draft, field, number, text=one.text[:at] + str((int(one.text[at]) + 1) % 10) + one.text[at + 1 :]
        )
    if edit == "charged":
        return changed(draft, field, number, text=one.text + " in the liberated territories")
    if edit == "role" and one.role == "fact":
        return changed(draft, field, number, role="view", sentence=None)
    if edit == "part":
        return msgspec.structs.replace(draft, part=tuple(p for p in draft.part if p.field != field))
    if edit == "site":
        return msgspec.structs.replace(draft, sites=("site:" + "a" * 16,))
    if edit == "sentence" and one.role == "fact":
        return changed(
            draft,
            field,
            number,
            sentence=chance.choice([s for s in ("site", "finding", "statement") if s != one.sentence]),
        )
    if edit == "signatory":
        return msgspec.structs.replace(
            draft, signatory=(msgspec.structs.replace(draft.signatory[0], name="Somebody Else"),)
        )
    if edit == "form":
        return msgspec.structs.replace(draft, form="whc-174")
    if edit == "drop-letter" and one.role == "fact":
        at = chance.randrange(len(one.text))
        return changed(draft, field, number, text=one.text[:at] + one.text[at + 1 :])
    if edit == "delete" or one.role == "fact":
        return changed(draft, field, number)
    return changed(draft, field, number, text=one.text + " Armenia did it in 1999.")


EDITS_OF_PEOPLE = (
    " It happened on 3 March 2022.",
    " Some 47 houses were lost.",
    " Ilham Aliyev did it.",
    " General Made Up gave the order.",
    " Russia fired.",
    " Удар нанесла Россия.",
    " the lib\N{CYRILLIC SMALL LETTER IE}rated lands",
    " the liber\N{ZERO WIDTH SPACE}ated lands",
)


def misled(draft, chance):
    """Give a draft with one random edit of what people write, of who signs, or of the order."""
    edit = chance.choice(("people", "title", "on-behalf", "twice", "order", "checkpoint", "language", "who", "means"))
    one = draft.signatory[0]
    if edit == "people":
        written = [(part.field, n) for part in draft.part for n, p in enumerate(part.paragraph) if p.role != "fact"]
        field, number = chance.choice(written)
        text = paragraph(draft, field, number).text + chance.choice(EDITS_OF_PEOPLE)
        return changed(draft, field, number, text=text)
    if edit == "twice":
        part = chance.choice([part for part in draft.part if part.paragraph and part.paragraph[0].role == "fact"])
        again = msgspec.structs.replace(part, paragraph=(*part.paragraph, part.paragraph[0]))
        return msgspec.structs.replace(draft, part=tuple(again if one is part else one for one in draft.part))
    changes = {
        "title": {"title": "The occupied heritage"},
        "on-behalf": {"signatory": (msgspec.structs.replace(one, on_behalf_of="Government of Azerbaijan"),)},
        "order": {"part": tuple(reversed(draft.part))},
        "checkpoint": {"checkpoint": draft.checkpoint[:-4] + ("0000" if draft.checkpoint[-4:] != "0000" else "1111")},
        "language": {"language": "fr"},
        "who": {"signatory": (msgspec.structs.replace(one, who="state"),)},
        "means": {"means": "fax"},
    }
    return msgspec.structs.replace(draft, **changes[edit])


def test_of_500_random_edits_none_passes_unseen(record):
    chance, held = random.Random(19), still(record)
    drafts = [drafted(held, "unesco-dg", name) for name in ("Ghazanchetsots", "Temple of Bel", "Transfiguration")]
    before = [set(check(draft, form("unesco-dg"), held, today=TODAY)) for draft in drafts]
    unseen = []
    for number in range(500):
        at = chance.randrange(len(drafts))
        edited = drafts[at]
        while edited == drafts[at]:
            edited = (mutated if number % 2 else misled)(drafts[at], chance)
        if not set(check(edited, form("unesco-dg"), held, today=TODAY)) - before[at]:
            unseen.append(edited)
    assert unseen == []


def test_a_record_held_still_is_checked_as_the_record_itself(record):
    draft = drafted(record, "unesco-dg", "Ghazanchetsots")
    assert check(draft, form("unesco-dg"), record, today=TODAY) == check(
        draft, form("unesco-dg"), still(record), today=TODAY
    )


def test_nobody_signs_as_what_the_record_does_not_have_them_as(record):
    found = errors(drafted(record, "unesco-dg", "Dresden", who="person"), record)
    assert any("organisation" in e.says for e in found)
    draft = drafted(record, "unesco-dg", "Dresden", on_behalf_of="Government of Germany")
    assert any("on behalf of" in e.says for e in errors(draft, record))


def test_a_contradiction_that_came_later_makes_the_draft_wrong(record):
    draft = drafted(record, "unesco-dg", "Bamiyan")
    said = next(e for e in record.index.of_site(draft.sites[0], "statement") if isinstance(e.body, Statement))
    assert errors(draft, record) == []
    against = msgspec.structs.replace(
        said.body, content="it did not", spans=(), file=None, disagrees_with=(said.about,), agrees_with=()
    )
    (receipt,) = record.append(Draft(against, cites=said.envelope.cites))
    assert receipt.entry in {e.entry for e in errors(draft, record)}


def test_dates_ahead_and_long_past_are_refused(record):
    for days in (1, -40):
        draft = msgspec.structs.replace(drafted(record, "unesco-dg", "Dresden"), date=TODAY + dt.timedelta(days=days))
        assert any(e.where == "date" for e in errors(draft, record))


def test_a_capacity_that_nobody_wrote_is_named(record):
    draft = drafted(record, "unesco-dg", "Ghazanchetsots", capacity="…")
    found = check(draft, form("unesco-dg"), record, today=TODAY)
    assert any(one.level == "error" and "capacity" in one.says for one in found)


def test_figures_stand_without_an_entry_only_where_the_form_asks_for_them(record):
    """Agenda items are in no entry about a place, and a letter for circulation has to name them."""
    for form_id, key, asked in (("un-circulation", "circulation", True), ("unesco-dg", "request", False)):
        draft = drafted(record, form_id, "Ghazanchetsots")
        parts = [
            msgspec.structs.replace(
                part, paragraph=(msgspec.structs.replace(part.paragraph[0], text="We ask for item 15."),)
            )
            if part.field == key
            else part
            for part in draft.part
        ]
        found = check(msgspec.structs.replace(draft, part=tuple(parts)), form(form_id), record, today=TODAY)
        assert any("says 15" in one.says for one in found) != asked


@pytest.mark.parametrize("form_id", form_ids())
def test_an_address_says_nothing_twice_and_the_letter_nothing_that_is_for_its_writer(record, form_id):
    draft = drafted(record, form_id, "Transfiguration")
    post = any(one.means == "post" for one in form(form_id).channel)
    if post:
        draft = msgspec.structs.replace(draft, means="post")
    shown = compose(draft, form(form_id), record)
    printed = [shown.addressee.name, *filter(None, [shown.addressee.office]), *shown.addressee.lines]
    assert len(set(printed)) == len(printed) and bool(shown.addressee.lines) == post
    assert not any(other != one and one in other for one in printed for other in shown.addressee.lines)
    assert not set(form(form_id).unknown) & set(shown.notes)


@pytest.mark.parametrize(("tag", "original"), [("en", "[Original: English]"), ("ru", "[Язык оригинала: русский]")])
def test_a_letter_for_circulation_has_the_order_of_those_that_were_read(record, tag, original):
    """A/72/842 and A/72/876: opening, request, signature; then the annex, which names the letter, with the language of the original."""
    draft = drafted(
        record, "un-circulation", "Ghazanchetsots", language=tag, who="mission", capacity="Permanent Representative"
    )
    shown = compose(draft, form("un-circulation"), record)
    assert [one.id for one in shown.sections] == ["opening", "circulation"]
    first, *others = shown.annexes
    assert (first.id, [one.id for one in others]) == ("annex", ["annex-a", "annex-b", "annex-c"])
    assert "Permanent Representative, Sample Heritage Association" in first.heading
    assert shown.date_text in first.heading
    assert first.paragraphs[0].text == original
    told = [paragraph for paragraph in first.paragraphs if paragraph.kind == "fact"]
    assert told and all(one.cites for one in told)
    assert {entry for one in told for entry in one.cites} <= set(shown.entries)
    html = render_html(shown).decode()
    order = [html.index(f'id="{name}"') for name in ("opening", "circulation", "annex", "annex-a")]
    assert order == sorted(order) and order[1] < html.index('class="signature"') < order[2]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_title_type_and_marks_are_in_the_language_of_the_letter(record, tag):
    """Forms have their titles in English, and sites their types in whatever the register wrote."""
    draft = drafted(record, "unesco-dg", "Ghazanchetsots", "Temple of Bel", language=tag)
    shown = compose(draft, form("unesco-dg"), record)
    own = [run.text for one in shown.paragraphs() for run in one.runs if run.language == tag]
    assert ("Letter to the Director-General" in shown.title) == (tag == "en")
    assert any("Church" in said for said in own) == (tag == "en")
    assert any(language(tag).type_of_site("Church").text in said for said in own)
    comma = words(tag).mark["comma"]
    assert comma in shown.title
    assert [said for said in own if comma != ", " and ", " in said] == []
