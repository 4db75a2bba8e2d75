"""Speakers by the layout: lines of attribution and labels of transcripts."""

import pytest

from vestige.reading import read

INTRO = "The council met on Tuesday and issued these words on the state of the museum and its collection.\n\n"


def said(text):
    reading = read(text)
    return [
        (one.name, one.role, text[one.content[0].start : one.content[0].end])
        for one in reading.statements
        if one.rule in {"attribution line", "label"}
    ]


@pytest.mark.parametrize("dash", ["–", "—", "--"])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_quotation_is_signed_on_its_line_or_below(dash, gap):
    text = f"{INTRO}“We lost nothing of the old collection.”{gap}{dash} Maria Exemplo, director\n"
    assert said(text) == [("Maria Exemplo", "director", "“We lost nothing of the old collection.”")]


def test_a_title_before_the_name_is_the_role():
    text = f"{INTRO}“We lost nothing of the old collection.” – Councillor Gregor Beispiel\n"
    assert said(text)[0][:2] == ("Gregor Beispiel", "councillor")


def test_each_turn_of_a_transcript_is_its_labels():
    text = (
        "MODERATOR: Good morning, and welcome to the briefing on the state of the libraries.\n\n"
        "MS HALABI: Thank you. Four of our nine branches were hit in March.\n\n"
        "QUESTION (Reuters): And the cost of all of it?\n\n"
        "MR. DE VRIES: The Bank estimates eleven million dollars.\n"
    )
    assert [(name, role) for name, role, _ in said(text)] == [
        (None, "MODERATOR"), ("MS HALABI", None), (None, "QUESTION (Reuters)"), ("MR. DE VRIES", None),
    ]  # fmt: skip


def test_a_single_heading_with_a_colon_is_no_turn():
    assert said(f"{INTRO}UPDATE: The museum of the town was closed on Monday, the council said.\n") == []
