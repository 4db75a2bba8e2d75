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
@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
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


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("And from the chairwoman, Jelena Primer:", "Jelena Primer", "chairwoman"),
        ("From the desk of John Muster, vice-president of the friends of the museum.", "John Muster", "vice-president of the friends of the museum"),
        ("Petra Muster, mayor of Exampleville:", "Petra Muster", "mayor of Exampleville"),
        ("Statement by Dr. Ivan Primjer, head of the archive:", "Ivan Primjer", "head of the archive"),
        ("A message from the mayor Petra Muster:", "Petra Muster", "mayor"),
    ],
)  # fmt: skip
def test_the_line_above_a_quotation_says_whose_it_is(line, name, role):
    text = f"{INTRO}{line}\n\n“We lost nothing of the old collection.”\n"
    assert said(text) == [(name, role, "“We lost nothing of the old collection.”")]
    assert not [one for one in read(text).possible if text[one.sentence.start : one.sentence.end].startswith("“")]


def test_a_heading_above_a_quotation_signs_nothing():
    assert said(f"{INTRO}Museum Reopens\n\n“We lost nothing of the old collection.”\n") == []


def test_a_signature_below_is_that_of_all_paragraphs_of_a_quotation():
    text = f"{INTRO}“We lost nothing of the old collection.\n\n“The coins are safe.”\n– The director, Maria Exemplo\n"
    (signed,) = [one for one in read(text).statements if one.rule == "attribution line"]
    assert [text[a:b] for a, b in signed.content] == [
        "“We lost nothing of the old collection.",
        "“The coins are safe.”",
    ]
    assert (signed.name, signed.role) == ("Maria Exemplo", "director")


INTERVIEW = (
    "Interview with the keeper of the archive\n\n"
    "For twenty years Ana Modelska has kept the archive of the town. We met her in the reading room.\n\n"
)


def test_who_answers_is_the_one_person_introduced_and_a_question_may_stand_alone():
    text = (
        f"{INTERVIEW}Q: What was lost in the fire?\n\nA: The land registers. They cannot be replaced.\n\n"
        "Q: Was anybody warned?\n\nA: The mayor told me that the roof would hold.\n\n"
        "What do you expect from UNESCO?\n\nI expect a mission. And I expect an answer.\n"
    )
    reading = read(text)
    answers = [one for one in reading.statements if one.name == "Ana Modelska"]
    assert [text[slice(*one.content[0])][:10] for one in answers] == ["The land r", "The mayor ", "I expect a"]
    assert all(one.inferred and one.resolved_by == "interviewee" for one in answers)
    (mayor,) = [one for one in reading.statements if one.rule == "that"]
    assert mayor.reported_via == ("Ana Modelska",)
    assert reading.possible == ()


def test_who_answers_is_not_guessed_among_several():
    text = "Jan Vzor and Ana Modelska keep the archive.\n\nQ: What was lost?\n\nA: The land registers.\n\nQ: And the maps?\n\nA: They were moved.\n"
    assert {name for name, _, _ in said(text)} == {None}


@pytest.mark.parametrize(
    ("intro", "asks", "answers"),
    [
        ("An interview with Lena Vzor, curator of the museum, about the night of the strike.", "Question", "Answer"),
        ("Omar Ornek talked to Lena Vzor about the museum.", "Ornek", "Vzor"),
        ("Omar Ornek (OO) talked to Lena Vzor (LV) about the museum.", "OO", "LV"),
        ("Omar Ornek talked to Lena Vzor about the museum.", "Interviewer", "Lena Vzor"),
    ],
)
def test_labels_of_parts_of_names_and_of_initials(intro, asks, answers):
    text = (
        f"{intro}\n\n{asks}: What was in the hall?\n\n{answers}: Most of the coins were there.\n\n"
        f"{asks}: Did you get help?\n\n{answers}: Yes, from our neighbours.\n"
    )
    found = [(name, words) for name, _, words in said(text)]
    assert ("Lena Vzor", "Most of the coins were there.") in found
    assert ("Lena Vzor", "Yes, from our neighbours.") in found
    assert len(found) == 4


def test_a_table_of_particulars_is_no_transcript():
    assert (
        said(
            "Time: 5 pm\nPlace: Town Hall\nTime: 6 pm\nPlace: Town Hall\n\nThe museum opens on Monday, the director said.\n"
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [("14:32 GMT", "14:10 GMT"), ("14.32", "14.10"), ("2:32 p.m.", "2:10 p.m."), ("4 June 2024, 16:20", "4 June 2024, 15:05"), ("[10:15]", "[09:40]"), ("[16h20]", "[15h05]")],
)  # fmt: skip
@pytest.mark.parametrize("after", ["\n", "\n\n", " – "])
def test_what_stands_in_a_block_of_a_live_page_has_its_time(first, second, after):
    text = (
        "Strikes on the old town, as it happened\n\n"
        f"{first}{after}The mayor of Exampleville, Petra Muster, said that two churches and the library of the old town were hit in the night.\n\n"
        f"{second}{after}Jan Vzor, a baker, says he saw smoke over the cathedral and over the roofs of the old town for an hour.\n"
    )
    found = [(one.name, text[slice(*one.posted)]) for one in read(text).statements]
    assert found == [("Petra Muster", first.strip("[]")), ("Jan Vzor", second.strip("[]"))]


def test_one_time_is_no_live_page():
    (one,) = read("Published 14:32\n\nThe mayor, Petra Muster, said that two churches were hit.\n").statements
    assert one.posted is None


def test_a_time_in_brackets_before_the_words_and_one_that_is_so_long_ago():
    text = "Live updates\n\n[10:15] The mayor, Jan Vzor, said that the bridge was closed.\n[09:40] Police said that two men were hurt.\n"
    assert [(one.name, text[slice(*one.posted)]) for one in read(text).statements] == [
        ("Jan Vzor", "10:15"),
        ("Police", "09:40"),
    ]
    text = "Live\n\n2h ago 14.05 BST\n\nThe museum was hit, the mayor, Jan Vzor, said.\n\n3h ago 13.20 BST\n\n“The roof is gone,” the director said.\n"
    assert [text[slice(*one.posted)] for one in read(text).statements] == ["14.05 BST", "13.20 BST"]


def test_markdown_around_a_question_is_no_part_of_it():
    text = "Q&A with Omar Ornek, warden of the mosque\n\n**Q: When did it start?**\n\nA: At noon.\n\n**Q: Who was there?**\n\nA: My brother.\n"
    assert said(text) == [
        (None, "Q", "When did it start?"),
        ("Omar Ornek", None, "At noon."),
        (None, "Q", "Who was there?"),
        ("Omar Ornek", None, "My brother."),
    ]


def test_what_follows_an_answer_is_the_same_speakers_up_to_the_next_label_or_question():
    text = (
        f"{INTERVIEW}Q: What was lost in the fire?\n\nA: The land registers.\n\nThey cannot be replaced.\n\n(pauses)\n\nNobody copied them.\n\n"
        "Q: Was anybody warned?\n\nA: The mayor knew.\n\n"
        "What do you expect from UNESCO?\n\nI expect a mission.\n\nAnd an answer to our letter.\n\n"
        "The archive was founded in 1840 and burnt in May.\n\nThis interview was edited for length.\n"
    )
    reading = read(text)
    answers = sorted(one.content[0] for one in reading.statements if one.name == "Ana Modelska")
    assert [text[slice(*span)] for span in answers] == [
        "The land registers.", "They cannot be replaced.", "Nobody copied them.", "The mayor knew.", "I expect a mission.",
        "And an answer to our letter.",
    ]  # fmt: skip
    assert all(one.inferred for one in reading.statements if one.name)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_paragraphs_between_the_labels_of_a_transcript_are_the_speakers(gap):
    text = (
        f"MODERATOR: Welcome to the briefing on the libraries.{gap}MS HALABI: Four of nine branches were hit.{gap}The rare books are in Homs.{gap}"
        f"[Applause]{gap}The others burnt.{gap}QUESTION (Reuters): And the cost?{gap}I ask for my readers too.{gap}MS HALABI: Nobody knows.{gap}"
        f"The briefing ended at noon.{gap}"
    )
    assert sorted(said(text), key=lambda turn: text.index(turn[2])) == [
        (None, "MODERATOR", "Welcome to the briefing on the libraries."),
        ("MS HALABI", None, "Four of nine branches were hit."),
        ("MS HALABI", None, "The rare books are in Homs."),
        ("MS HALABI", None, "The others burnt."),
        (None, "QUESTION (Reuters)", "And the cost?"),
        (None, "QUESTION (Reuters)", "I ask for my readers too."),
        ("MS HALABI", None, "Nobody knows."),
    ]


@pytest.mark.parametrize(
    "between",
    [
        "The view from the hall",  # a heading
        "John Vzor: That is not so.",  # the label of somebody who speaks once
        "Ana Modelska walks to the window and shows the burnt wall.",  # the author's words of who answers
        "The conversation was recorded in May.",
    ],
)
def test_what_is_not_the_speakers_ends_an_answer(between):
    text = f"{INTERVIEW}Q: What was lost?\n\nA: The land registers.\n\n{between}\n\nThey burnt.\n\nQ: And the maps?\n\nA: They were moved.\n"
    found = [words for name, _, words in said(text) if name == "Ana Modelska"]
    assert found == ["The land registers.", "They were moved."]


def test_headings_in_capitals_take_no_paragraphs():
    text = "UPDATE: The museum was closed.\n\nThe keys are lost.\n\nANALYSIS: The roof was old.\n\nIt leaked.\n\nUPDATE: It opened again.\n\nVisitors came.\n"
    assert [
        words for _, _, words in said(text) if words in {"The keys are lost.", "It leaked.", "Visitors came."}
    ] == []
