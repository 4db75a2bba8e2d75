"""Reports at second hand: who is quoted speaks, who quotes passes it on."""

import pytest

from vestige.reading import Statement, read


def printed(text: str, statement: Statement) -> tuple[str, str, tuple[str, ...], str]:
    """Give the speaker, the cue, who passed it on, and what was said, as printed."""
    speaker = text[slice(*statement.speaker)] if statement.speaker else ""
    cue = text[slice(*statement.cue)] if statement.cue else ""
    return speaker, cue, statement.reported_via, " … ".join(text[a:b] for a, b in statement.content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The agency Mirage quoted the minister as saying that the bridge had been mined.", ("the minister", "saying", ("Mirage",), "that the bridge had been mined")),
        ("Mirage quoted Defence Minister Ivan Petrov as saying: “The bridge was mined.”", ("Defence Minister Ivan Petrov", "saying", ("Mirage",), "“The bridge was mined.”")),
        ("Local media cited residents as saying the church had been shelled.", ("residents", "saying", ("Local media",), "the church had been shelled")),
        ("The paper quoted the mayor, Anna Berg, as having said that the church was safe.", ("the mayor, Anna Berg", "having said", ("The paper",), "that the church was safe")),
        ("State television quoted the president as vowing to rebuild the shrine.", ("the president", "vowing", ("State television",), "to rebuild the shrine")),
        ("The minister was quoted by Mirage as saying the bridge had been mined.", ("The minister", "saying", ("Mirage",), "the bridge had been mined")),
        ("The minister was quoted as saying that the bridge had been mined.", ("The minister", "saying", (), "that the bridge had been mined")),
        ("“The bridge was mined,” Mirage quoted Petrov as saying on Monday. “We saw it.”", ("Petrov", "saying", ("Mirage",), "“The bridge was mined,” … “We saw it.”")),
        ("“The bridge was mined,” the minister was quoted as saying by Mirage.", ("the minister", "saying", ("Mirage",), "“The bridge was mined,”")),
        ("The bridge was mined, the head of the town's diocese was reported as saying.", ("the head of the town's diocese", "saying", (), "The bridge was mined")),
        ("The bridge was mined, Mirage quoted the minister as telling reporters.", ("the minister", "telling", ("Mirage",), "The bridge was mined")),
    ],
)  # fmt: skip
def test_who_is_quoted_speaks(text, expected):
    assert [printed(text, statement) for statement in read(text).statements] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The paper Mirage reported, citing the Defence Ministry, that the bridge was mined.",
        "That the bridge was mined was reported by nobody else. Citing the Defence Ministry, Mirage said that the bridge was mined.",
    ],
)
def test_a_source_that_is_cited_says_so_too(text):
    found = {printed(text, statement)[:3] for statement in read(text).statements}
    assert ("the Defence Ministry", text[text.lower().index("citing") :][:6], ("Mirage",)) in found
    assert len({printed(text, one)[3] for one in read(text).statements if one.rule != "passive"}) == 1


def test_what_is_cited_and_no_speaker_stays_a_content():
    text = "The museum closed the hall, citing concerns about the roof."
    assert printed(text, read(text).statements[0])[3] == "concerns about the roof"


def test_a_cited_name_alone_is_no_content():
    text = "The museum closed the hall on Monday, and the mayor left the town, citing Petrov."
    assert read(text).statements == ()


def test_a_pronoun_that_is_quoted_goes_back_to_its_name():
    text = "Mrs. Anna Berg came to the town on Monday. Mirage quoted her as saying that the bridge was mined."
    (statement,) = read(text).statements
    assert (statement.name, statement.resolved_by, statement.reported_via) == ("Anna Berg", "pronoun", ("Mirage",))


def test_both_who_report_and_who_quote_are_in_the_chain():
    text = "Anna Berg said that Mirage had quoted Mayor Tom Hill as saying that the bridge was mined."
    inner = next(statement for statement in read(text).statements if statement.name == "Tom Hill")
    assert inner.reported_via == ("Anna Berg", "Mirage")
