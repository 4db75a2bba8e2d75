"""Reports in the passive: what was said, and by whom where the text says so."""

import pytest

from vestige.reading import candidates, read


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("It was announced on Monday that the bridge would reopen.", ["that the bridge would reopen"], None),
        (
            "It was announced on Monday by the ministry that the bridge would reopen.",
            ["that the bridge would reopen"],
            "the ministry",
        ),
        ("The vault is believed to be empty.", ["The vault", "to be empty"], None),
        ("The temple is reported to have been hit twice.", ["The temple", "to have been hit twice"], None),
        ("The two officials were said to have left the town.", ["The two officials", "to have left the town"], None),
        ("Anna Berg was told last week that the army had left.", ["that the army had left"], None),
    ],
)
def test_a_report_in_the_passive_has_no_speaker_but_the_named_one(
    text: str, content: list[str], speaker: str | None
) -> None:
    (statement,) = read(text).statements
    assert [text[first:last] for first, last in statement.content] == content
    assert (text[statement.speaker.start : statement.speaker.end] if statement.speaker else None) == speaker


@pytest.mark.parametrize(
    "text", ["The minister was claimed by the sea.", "He was believed.", "The report was sent to the minister."]
)
def test_what_nobody_said_is_no_report(text: str) -> None:
    assert not [statement for statement in read(text).statements if statement.speaker is None]


def test_what_nobody_named_said_is_listed_as_possible_and_no_candidate() -> None:
    text = "The bridge was lost in May. It was announced on Monday that it would reopen."
    reading = read(text)
    assert [text[one.sentence.start : one.sentence.end] for one in reading.possible] == [text[28:]]
    assert [text[one.cue.start : one.cue.end] for one in reading.possible] == ["was"]
    assert candidates(reading, text, source="source:1", file="0" * 64) == ()
