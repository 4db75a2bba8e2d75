"""Appeals, dispatches and replies hold what they must, and a designation is something a rule can ask for."""

import msgspec
import pytest

from vestige.capture import read_register
from vestige.entries import Designation, InvalidBodyError, decode_body, files_of, links_of

SITE, SOURCE, APPEAL = (f"{kind}:aaaaaaaaaaaaaaaa" for kind in ("site", "source", "appeal"))
A = "a" * 64


def appeal(**changes):
    body = {
        "origin": "recorded",
        "form": "letter",
        "title": "An appeal",
        "addressees": [{"name": "UNESCO"}],
        "source": SOURCE,
    }
    return decode_body("appeal", msgspec.json.encode(body | changes))


def test_a_recorded_appeal_links_to_its_source_and_sites():
    assert links_of(appeal(sites=[SITE])) == [SITE, SOURCE]


def test_a_recorded_appeal_without_a_source_is_refused():
    with pytest.raises(InvalidBodyError, match="source"):
        appeal(source=None)


def test_ones_own_appeal_must_carry_its_files():
    with pytest.raises(InvalidBodyError, match="documents"):
        appeal(origin="own", form_file=A, draft=A, checkpoint="1 x")


def test_ones_own_appeal_holds_its_files():
    document = {"name": "letter.pdf", "file": "b" * 64, "media_type": "application/pdf", "language": "en"}
    own = appeal(origin="own", form_file=A, draft="c" * 64, checkpoint="1 x", documents=[document])
    assert files_of(own) == [A, "c" * 64, "b" * 64]


def test_a_fact_without_a_citation_cannot_be_written():
    part = {"field": "f", "heading": "F", "paragraphs": [{"role": "fact", "text": "It fell.", "sentence": "single"}]}
    with pytest.raises(InvalidBodyError, match="fact"):
        appeal(answers=[part])


def test_silence_is_no_reply():
    with pytest.raises(InvalidBodyError, match="type"):
        decode_body("reply", f'{{"appeal":"{APPEAL}","sender":"A","received":"2020-12-21","type":"silence"}}'.encode())


def test_an_extension_says_until_when():
    with pytest.raises(InvalidBodyError, match="due"):
        decode_body(
            "reply", f'{{"appeal":"{APPEAL}","sender":"A","received":"2020-12-21","type":"extension"}}'.encode()
        )


def test_the_register_of_unesco_fills_designations_with_their_history():
    text = (
        "id_no,name_en,Longitude,Latitude,iso_code,category,date_inscribed,danger_list\n"
        '958,Walled City of Baku,49.8,40.4,az,Cultural,2000,"P 2003-2009"\n1703,Odesa,30.7,46.5,ua,Cultural,2023,Y 2023\n'
    )
    baku, odesa = (item.site for item in read_register(text.encode()).sites)
    assert baku.designated == (
        Designation(scheme="whc", id="958", since="2000"),
        Designation(scheme="whc-danger", id="958", since="2003", until="2009"),
    )
    assert odesa.designated[1] == Designation(scheme="whc-danger", id="1703", since="2023")
