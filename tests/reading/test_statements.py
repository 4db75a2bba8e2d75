"""Statements: who, what, how, on sentences written for the purpose."""

import pytest

from vestige.reading import Statement, read


def pieces(text: str, statement: Statement) -> str:
    return " … ".join(text[a:b] for a, b in statement.content)


def told(text: str) -> list[tuple[str, str, str]]:
    """(speaker as printed, manner, content) of every statement."""
    return [
        (text[s.speaker[0] : s.speaker[1]] if s.speaker else "", s.manner, pieces(text, s))
        for s in read(text).statements
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "manner", "content"),
    [
        ("The minister said that the church stands.", "The minister", "indirect", "that the church stands"),
        ("The minister said the church would be repaired.", "The minister", "indirect", "the church would be repaired"),
        ("“The roof is gone,” the curator said.", "the curator", "direct", "“The roof is gone,”"),
        ("“The roof is gone,” said Maria Lopes, a curator in Porto.", "Maria Lopes, a curator in Porto", "direct", "“The roof is gone,”"),
        ("“The roof is gone,” said Ms. Lopes. “We saw nothing left.”", "Ms. Lopes", "direct", "“The roof is gone,” … “We saw nothing left.”"),
        ("Ms. Lopes said: “The roof is gone.”", "Ms. Lopes", "direct", "“The roof is gone.”"),
        ("Ms. Lopes said the roof was “gone for good.”", "Ms. Lopes", "mixed", "the roof was “gone for good.”"),
        ("The roof was lost in March, the museum announced.", "the museum", "indirect", "The roof was lost in March"),
        ("The roof, she said, was lost in March.", "she", "indirect", "The roof … was lost in March"),
        ("According to the ministry, the roof was lost in March.", "the ministry", "indirect", "the roof was lost in March"),
        ("The roof was lost in March, according to the ministry.", "the ministry", "indirect", "The roof was lost in March"),
        ("Protesters responded with loud chants of “Open the gates” until noon.", "Protesters", "direct", "“Open the gates”"),
        ("On Monday the crowd broke into chants of “Open the gates.”", "the crowd", "direct", "“Open the gates.”"),
        ("Anna Berg heard their cries of “Open the gates” in the square.", "their", "direct", "“Open the gates”"),
        ("Anna Berg called on both sides to protect the old town.", "Anna Berg", "indirect", "both sides to protect the old town"),
        ("Anna Berg urged the army to leave the monastery.", "Anna Berg", "indirect", "the army to leave the monastery"),
        ("Anna Berg pointed out that the archive had burned.", "Anna Berg", "indirect", "that the archive had burned"),
        ("Anna Berg has repeatedly denied the allegations.", "Anna Berg", "indirect", "the allegations"),
        ("Anna Berg told reporters on Monday that the archive had burned.", "Anna Berg", "indirect", "that the archive had burned"),
        ("Anna Berg, the head of the archive, reaffirmed the importance of peace.", "Anna Berg, the head of the archive", "indirect", "the importance of peace"),
        ("As the agency reported, the bridge was rebuilt in May.", "the agency", "indirect", "the bridge was rebuilt in May"),
        ("„Das Dach“ is a term. Anna Berg said, “It is gone.”", "Anna Berg", "direct", "“It is gone.”"),
        ("Anna Berg said the 50-year-old bridge in a U.S.-built town still stands.", "Anna Berg", "indirect", "the 50-year-old bridge in a U.S.-built town still stands"),
        ("The keeper of the family archive, Anna Berg, confirmed that it had burned.", "The keeper of the family archive, Anna Berg", "indirect", "that it had burned"),
        ("She then addressed the crowd again: “We will build it stone by stone.”", "She", "direct", "“We will build it stone by stone.”"),
        ("The wall may not be such a loss after all, say some architects.", "some architects", "indirect", "The wall may not be such a loss after all"),
        ("Her remarks speak to the fact that little can be saved, said Tom Hill, a mason in Porto.", "Tom Hill, a mason in Porto", "indirect", "Her remarks speak to the fact that little can be saved"),
        ("He had praised the town and welcomed the plan, his sister added.", "his sister", "indirect", "He had praised the town and welcomed the plan"),
        ("Instead, Anna Berg told the council, the roof would be mended.", "Anna Berg", "indirect", "Instead … the roof would be mended"),
        ("Residents immediately began calling for the bridge to be closed.", "Residents", "indirect", "the bridge to be closed"),
        ("Hill Says The Old Bridge Will Be Rebuilt.", "Hill", "indirect", "The Old Bridge Will Be Rebuilt"),
        ("The plan was condemned as a crime by the union of masons.", "the union of masons", "indirect", "The plan … as a crime"),
        ("It was announced by the ministry that the museum would close.", "the ministry", "indirect", "that the museum would close"),
        ("The mayor's claim that the archive had burned was false.", "The mayor's", "indirect", "that the archive had burned"),
        ("A warning by the union that the wall may fall was ignored.", "the union", "indirect", "that the wall may fall"),
        ("Anna Berg is confident that the archive can be saved.", "Anna Berg", "indirect", "that the archive can be saved"),
        ("Residents accused the council of hiding, delaying and selling the archive.", "Residents", "indirect", "the council of hiding, delaying and selling the archive"),
        ("Anna Berg said the roof was lost in the fire, which began in a kitchen.", "Anna Berg", "indirect", "the roof was lost in the fire"),
        ("The residents were told that the bridge would be closed.", "", "indirect", "that the bridge would be closed"),
        ("Anna Berg has insisted, without any evidence, that the wall was older.", "Anna Berg", "indirect", "that the wall was older"),
        ("Anna Berg told the “Morning Hour” that the wall was older.", "Anna Berg", "indirect", "that the wall was older"),
        ("Anna Berg suggested the mason, who was born in Porto, could not have built it.", "Anna Berg", "indirect", "the mason, who was born in Porto, could not have built it"),
        ("The report, obtained by the museum, says the wall may fall.", "The report", "indirect", "the wall may fall"),
        ("Most residents want the bridge back, a new survey shows.", "a new survey", "indirect", "Most residents want the bridge back"),
        ("As Anna Berg put it, “The roof is gone.”", "Anna Berg", "direct", "“The roof is gone.”"),
        ("“The roof is gone,” as one mason put it.", "one mason", "direct", "“The roof is gone,”"),
        ("The F.B.I. said it was reviewing the letters.", "The F.B.I.", "indirect", "it was reviewing the letters"),
        ("Anna Berg vowed, if elected, to mend the roof.", "Anna Berg", "indirect", "to mend the roof"),
        ("The judge ruled that the sale was void.", "The judge", "indirect", "that the sale was void"),
        ("The masons, who spoke on condition of anonymity, said the wall may fall.", "The masons", "indirect", "the wall may fall"),
        ("“The roof is gone,” she went on.", "she", "direct", "“The roof is gone,”"),
        ("“The roof is gone,” Anna Berg said at a meeting in Hilton, S.C., in May.", "Anna Berg", "direct", "“The roof is gone,”"),
        ("Berg, Hill, and Cole all said they would stay.", "Cole", "indirect", "they would stay"),
        ("The repairs would add $7 million to the bill, the council said.", "the council", "indirect", "The repairs would add $7 million to the bill"),
        ("The letter, signed by 50 masons, said the wall may fall.", "The letter", "indirect", "the wall may fall"),
        ("One person briefed on the matter said the wall may fall.", "One person briefed on the matter", "indirect", "the wall may fall"),
        ("Anna Berg, the curator, has long argued that the wall may fall.", "Anna Berg, the curator", "indirect", "that the wall may fall"),
        ("The mayor's plan, she said, “would ruin the town” and end the festival.", "she", "mixed", "The mayor's plan … “would ruin the town” and end the festival"),
        ("It is not clear, she said, what will happen next.", "she", "indirect", "It is not clear … what will happen next"),
        ("Anna Berg likened the sale to a theft.", "Anna Berg", "indirect", "the sale to a theft"),
        ("He declined to say whether the wall would be mended.", "He", "indirect", "whether the wall would be mended"),
        ("“There are two towns here,” she likes to say.", "she", "direct", "“There are two towns here,”"),
        ("The court, in a 5-4 decision written by Judge Hill, said the sale was void.", "The court", "indirect", "the sale was void"),
        ("The sale, announced Monday, was praised by the council.", "the council", "indirect", "The sale"),
        ("PORTO — Anna Berg said the wall may fall.", "Anna Berg", "indirect", "the wall may fall"),
        ("Hill's father, Tom, a mason, has said the wall may fall.", "Hill's father, Tom, a mason", "indirect", "the wall may fall"),
        ("Figures released Friday by the council showed that the town is growing.", "Figures released Friday by the council", "indirect", "that the town is growing"),
        ("“The roof is gone,” Anna Berg said in May, a remark that surprised many.", "Anna Berg", "direct", "“The roof is gone,”"),
        ("Another said the wall was older.", "Another", "indirect", "the wall was older"),
        ("The council's chairman, Rep. Tom Hill (R-S.C.), has said the wall was older.", "The council's chairman, Rep. Tom Hill (R-S.C.)", "indirect", "the wall was older"),
        ("“The roof is gone,” said Anna Berg, a curator in Porto, who left the town.", "Anna Berg, a curator in Porto", "direct", "“The roof is gone,”"),
        ("“The roof is gone,” Anna Berg said, her voice breaking.", "Anna Berg", "direct", "“The roof is gone,”"),
        ("“The roof is gone,” the statement read.", "the statement", "direct", "“The roof is gone,”"),
        ("In the view of the mayor, the bridge is lost.", "the mayor", "indirect", "the bridge is lost"),
        ("In Berg's words, the plan is “a disaster.”", "Berg's", "mixed", "the plan is “a disaster.”"),
        ("Said Anna Berg, the curator: “We will build it again.”", "Anna Berg, the curator", "direct", "“We will build it again.”"),
        ("“Where is the roof?“ she asked.", "she", "direct", "“Where is the roof?“"),
        ("Anna Berg wrote:\n\nThe roof is gone. We will build it again.\n", "Anna Berg", "indirect", "The roof is gone. We will build it again"),
        ("The mayor won votes by calling the plan a crime.", "The mayor", "indirect", "the plan a crime"),
        ("The mayor used his speech to denounce the plan.", "The mayor", "indirect", "the plan"),
        ("Voters remembered her promise to rebuild the church.", "her", "indirect", "to rebuild the church"),
        ("Nothing came of a suggestion that the wall was older.", "", "indirect", "that the wall was older"),
        ("Anna Berg, 58, who lives in Porto, says the roof was lost.", "Anna Berg", "indirect", "the roof was lost"),
        ("Anna Berg said the roof was “gone for good,” which surprised nobody.", "Anna Berg", "mixed", "the roof was “gone for good,”"),
        ("Anna Berg described the plan as “a crime,” a phrase that many repeated.", "Anna Berg", "mixed", "the plan as “a crime,”"),
        ("Anna Berg defended the plan in an interview with the town's newspaper.", "Anna Berg", "indirect", "the plan"),
        ("Anna Berg reiterated her support for the mayor, the leader of the council.", "Anna Berg", "indirect", "her support for the mayor"),
        ("The sale, which she has repeatedly said was a mistake, was a major factor.", "she", "indirect", "which … was a mistake"),
        ("“The roof is gone,” said Anna Berg from the town council in a letter to residents.", "Anna Berg from the town council", "direct", "“The roof is gone,”"),
        ("“The roof is gone,” said the mayor to reporters on Monday.", "the mayor", "direct", "“The roof is gone,”"),
        ("The committee on Wednesday closed the museum, saying the roof could fall.", "The committee", "indirect", "the roof could fall"),
        ("The officer admitted having shelled the church.", "The officer", "indirect", "having shelled the church"),
        ("The mayor of the town has denied closing the museum.", "The mayor of the town", "indirect", "closing the museum"),
        ("The mayor acknowledged funding the museum would be hard.", "The mayor", "indirect", "funding the museum would be hard"),
        ("Anna Berg said on another occasion, the roof had been mended.", "Anna Berg", "indirect", "the roof had been mended"),
        ("According to Anna Berg, the head of the museum, the roof was lost.", "Anna Berg", "indirect", "the roof was lost"),
        ("According to Anna Berg, the church, the mosque and two bridges were hit.", "Anna Berg", "indirect", "the church, the mosque and two bridges were hit"),
        ("According to the report, published on Tuesday by the council, the roof was lost.", "the report", "indirect", "the roof was lost"),
        ("HILTON, S.C. (AP) — The roof of the old church was lost, the mayor said.", "the mayor", "indirect", "The roof of the old church was lost"),
        ("HILTON — The roof of the old church was lost, according to the mayor.", "the mayor", "indirect", "The roof of the old church was lost"),
        ("The president, in his nightly address, called the attack barbaric.", "The president", "indirect", "the attack barbaric"),
        ("The roof was lost in March, announced Georgia's Ministry of Culture.", "Georgia's Ministry of Culture", "indirect", "The roof was lost in March"),
        ("The ambassador noted with regret that the wall had been sold.", "The ambassador", "indirect", "that the wall had been sold"),
        ("It is believed that the wall was older.", "", "indirect", "that the wall was older"),
        ("One of the experts said the wall may fall.", "One of the experts", "indirect", "the wall may fall"),
        ("The wall may fall, many of the residents said.", "many of the residents", "indirect", "The wall may fall"),
        ("The wall may fall, advocates said.", "advocates", "indirect", "The wall may fall"),
        ("“The wall may fall,” Huff said.", "Huff", "direct", "“The wall may fall,”"),
        ("“The wall may fall,” said state Sen. Ray Miller, a member of the council.", "state Sen. Ray Miller, a member of the council", "direct", "“The wall may fall,”"),
        ("The mayor said reports of a collapse were wrong.", "The mayor", "indirect", "reports of a collapse were wrong"),
        ("The mayor said caution is advised at this time of the year.", "The mayor", "indirect", "caution is advised at this time of the year"),
        ("The wall may fall, a news release from the council said.", "a news release from the council", "indirect", "The wall may fall"),
        ("The wall may fall, building owner Tom Hill said.", "building owner Tom Hill", "indirect", "The wall may fall"),
        ("An aunt of Hill's, Sue Griffin, told reporters that the wall may fall.", "An aunt of Hill's, Sue Griffin", "indirect", "that the wall may fall"),
        ("The mayor said although the wall was old, it would not fall.", "The mayor", "indirect", "although the wall was old, it would not fall"),
        ("The mayor said about 30 houses in the valley will be lost.", "The mayor", "indirect", "about 30 houses in the valley will be lost"),
        ("The mayor said in 2007 county officials were unaware of the wall.", "The mayor", "indirect", "county officials were unaware of the wall"),
        ("Ten persons have been arrested, the Georgian Interior Ministry said on March 23.", "the Georgian Interior Ministry", "indirect", "Ten persons have been arrested"),
        ("The wall fell in March, state media agency Mirage said Monday.", "state media agency Mirage", "indirect", "The wall fell in March"),
        ("Residents who saw the strike said it came at dawn.", "Residents", "indirect", "it came at dawn"),
        ("Many of those who fled say they will not return.", "Many of those", "indirect", "they will not return"),
        ("A man who lost his house told reporters that nobody had warned him.", "A man", "indirect", "that nobody had warned him"),
        ("The mayor told a forum in Porto on May 6 the churches were old.", "The mayor", "indirect", "the churches were old"),
        ("“It has to be the same,” insists Tom Hill, who leads the works, “or it is not ours.”", "Tom Hill", "direct", "“It has to be the same,” … “or it is not ours.”"),
        ("She, however, said the evidence was not enough.", "She", "indirect", "the evidence was not enough"),
        ("The mayor said while one wall is old, the next wall is new.", "The mayor", "indirect", "while one wall is old, the next wall is new"),
        ("The mayor says in one case five boys climbed the wall.", "The mayor", "indirect", "five boys climbed the wall"),
        ("Georgian officials denied reports that the rebels had agreed to a ceasefire.", "Georgian officials", "indirect", "reports that the rebels had agreed to a ceasefire"),
        ("The president reiterated calls for the church to be opened.", "The president", "indirect", "calls for the church to be opened"),
        ("The agency is warning people not to enter the church.", "The agency", "indirect", "people not to enter the church"),
        ("A man is in jail on theft charges after police allege he sold the icons.", "police", "indirect", "he sold the icons"),
        ("The bridge was weak, residents say, because nobody had paid for repairs.", "residents", "indirect", "The bridge was weak … because nobody had paid for repairs"),
    ],
)  # fmt: skip
def test_one_sentence_one_statement(text, speaker, manner, content):
    assert told(text) == [(speaker, manner, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “peace wall” was built in 1969.",
        "The novel “The Days of the Last Winter” won a prize.",
        "The report was long.",
        "His comments drew criticism.",
        "Messages by the director and the mayor will follow.",
        "The exhibition “Roads” opens on Friday.",
        "The town they hoped to rebuild lies in the valley.",
        "He walked to the old bridge and took a photograph.",
        "In the two border states that held a vote the museums were closed.",
        "The bridge was shown to visitors.",
        "The film, titled “Old Walls,” shows masons at work.",
        "In view of the storm, the museum was closed.",
        "The claims that were made about the archive filled three boxes.",
        "The spokesman of the ministry declined to comment.",
        "The police in the town declined to name the man.",
        "The ministry refused to discuss the sale of the church.",
        "Neither side has commented on the sale of the church.",
        "A nun in the town asked to be identified only as Sister Maria.",
        "Any owner of a house will tell you that the wall is older.",
        "The town heard explosions that stoked fears.",
        "The fire in the old church claimed the lives of two masons.",
        "The group, which calls itself Old Walls, met in the church.",
    ],
)
def test_no_statement_in_terms_titles_and_plain_narrative(text):
    assert told(text) == []


def test_marks_with_spaces_on_both_sides_open_and_close_in_turn():
    text = "The wall was old. '' We had no choice,'' said Tom Hill. The town agreed. \" Nobody asked us, \" said Anna Berg."
    assert told(text)[0] == ("Tom Hill", "direct", "'' We had no choice,''")
    assert told(text)[-1] == ("Anna Berg", "direct", '" Nobody asked us, "')


def test_a_topic_is_kept_as_a_topic():
    text = "Anna Berg spoke about her visit to the old town."
    assert told(text) == [("Anna Berg", "topic", "her visit to the old town")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The envoy spoke about his visit to Aghdam and Fuzuli, liberated from the occupation.", "his visit to Aghdam and Fuzuli"),
        ("The minister spoke about the library in Ardel, destroyed by the invaders in 2014.", "the library in Ardel"),
        ("The curator spoke about the mosque, the destroyed market and the baths.", "the mosque, the destroyed market and the baths"),
        ("Ms. Lopes spoke about “the town, liberated from the army”.", "“the town, liberated from the army”"),
    ],
)  # fmt: skip
def test_a_clause_that_the_writer_hangs_on_is_not_the_speakers(text, content):
    assert [pieces(text, statement) for statement in read(text).statements] == [content]


def test_two_statements_in_one_sentence_are_cut_apart():
    text = "Anna Berg said the roof was lost, adding that the walls still stand."
    assert told(text) == [
        ("Anna Berg", "indirect", "the roof was lost"),
        ("Anna Berg", "indirect", "that the walls still stand"),
    ]


@pytest.mark.parametrize("joint", ["adding: ", "though she added, "])
def test_two_quotations_with_a_verb_each_are_two_statements(joint):
    text = f"“The roof is gone,” Anna Berg said, {joint}“We will build it again.”"
    assert [content for _, _, content in told(text)] == ["“The roof is gone,”", "“We will build it again.”"]


def test_calling_and_asserting_are_two_statements():
    text = "Anna Berg attacked the plan on Monday, calling it “wrong” and asserting that the wall would fall."
    assert [content for _, _, content in told(text)][1:] == ["it “wrong”", "that the wall would fall"]


def test_another_speaker_after_a_quoted_comma_begins_another_statement():
    text = "Anna Berg said the sale “should be stopped,” while Tom Hill called it “a gift.”"
    assert told(text) == [
        ("Anna Berg", "mixed", "the sale “should be stopped,”"),
        ("Tom Hill", "mixed", "it “a gift.”"),
    ]


def test_a_relative_clause_ends_before_the_main_verb():
    text = "Even residents who have praised the plan warned that the wall may fall."
    assert told(text) == [
        ("who", "indirect", "the plan"),
        ("residents", "indirect", "that the wall may fall"),
    ]
    assert told("A man who said the wall may fall left the town.")[0][2].startswith("the wall may fall")


def test_a_promise_holds_several_verbs():
    text = "Anna Berg promised to mend the roof, paint the walls and open the museum."
    assert told(text) == [("Anna Berg", "indirect", "to mend the roof, paint the walls and open the museum")]


def test_a_report_that_goes_on_keeps_its_speaker():
    text = "Anna Berg said that Hill is a good man, and said that Cole had left early."
    assert [(who, content) for who, _, content in told(text)] == [
        ("Anna Berg", "that Hill is a good man"),
        ("Anna Berg", "that Cole had left early"),
    ]


def test_a_quotation_after_a_comment_on_the_first_goes_on_from_the_first():
    text = "“The roof is gone,” Anna Berg said, as she called for help. “We will build it again.”"
    assert [content for _, _, content in told(text)] == ["“The roof is gone,” … “We will build it again.”", "help"]


def test_a_question_before_the_answer_is_a_statement_of_nobody_named():
    text = "Asked whether the bridge would fall, Anna Berg said it would stand."
    assert told(text) == [
        ("", "indirect", "whether the bridge would fall"),
        ("Anna Berg", "indirect", "it would stand"),
    ]


def test_an_aside_of_the_writer_ends_the_content():
    text = "Anna Berg said the roof was lost, an answer that surprised many."
    assert told(text)[0][2] == "the roof was lost"


def test_a_quotation_in_its_own_paragraph_carries_on_and_says_so():
    text = "“The roof is gone,” said Anna Berg.\n\n“We will build it again, stone by stone.”\n"
    first, second = read(text).statements
    assert (first.inferred, second.inferred) == (False, True)
    assert (second.name, second.resolved_by, second.cue) == ("Anna Berg", "continuation", None)


def test_a_quotation_over_paragraphs_is_one_statement():
    text = "“The roof is gone,” said Anna Berg. “We saw it.\n\n“Then we left,” she added.\n"
    assert read(text).statements[0].name == "Anna Berg"


def test_a_missing_mark_does_not_stop_the_reading():
    text = "“The roof is gone, said Anna Berg.\n\nTom Hill said the walls still stand.\n"
    assert ("Tom Hill", "indirect", "the walls still stand") in told(text)


def test_who_passed_a_statement_on_is_named():
    text = "Anna Berg said that Mayor Tom Hill announced that the bridge would be rebuilt."
    inner = next(s for s in read(text).statements if s.reported_via)
    assert (inner.name, inner.role, inner.reported_via) == ("Tom Hill", "Mayor", ("Anna Berg",))
    assert pieces(text, inner) == "that the bridge would be rebuilt"


def test_within_a_quotation_he_is_somebody_else():
    text = "“I met President Tom Hill. He said the bridge would be rebuilt,” Ivan Petrov said."
    inner = next(s for s in read(text).statements if s.reported_via)
    assert (inner.name, inner.reported_via) == ("Tom Hill", ("Ivan Petrov",))


def test_a_sentence_that_may_hold_a_statement_is_listed():
    text = "An appeal has been sent to the council."
    reading = read(text)
    assert reading.statements == ()
    assert [text[p.sentence.start : p.sentence.end] for p in reading.possible] == [text]


def test_the_cue_is_kept_as_printed():
    text = "The mayor had falsely claimed that the tower fell."
    (statement,) = read(text).statements
    assert text[slice(*statement.cue)] == "had falsely claimed"


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Berg roused the crowd to spontaneous chants of “Open the gates!”",
        "Chants of “Open the gates” were heard in the square.",
        "She wrote a history of the chants of monks.",
    ],
)
def test_who_cried_out_is_not_guessed(text):
    assert told(f"The museum was closed on Monday. {text}") == []
