"""Composed appeals to lay out: samples that say so, in every language of the project."""

import msgspec

from vestige.appealing import (
    Addressee,
    Citation,
    Composed,
    Limit,
    Origin,
    Paragraph,
    Run,
    Section,
    Signatory,
    Withheld,
    direction_of,
)
from vestige.procedures._deadline import Deadline

FACTS = {
    "en": "The assessor judged the sample site to be in very bad condition for 23 July 2023.",
    "az": "Qiymətləndirici nümunə yerin vəziyyətini 23 iyul 2023-cü il üçün çox pis saymışdır. Ə, ğ, ı, İ, ö, ş, ü, ç.",
    "hy": "Գնահատողը նմուշային վայրի վիճակը 2023 թվականի հուլիսի 23-ի համար համարել է շատ վատ։ «Մեջբերում» և հարց՞։",
    "ru": "Эксперт оценил состояние образцового объекта на 23 июля 2023 года как очень плохое. Ё, ъ, №.",
    "uk": "Експерт оцінив стан зразкового об’єкта на 23 липня 2023 року як дуже поганий. Ґ, є, ї.",
    "ar": "رأى المقيّم أن حالة الموقع النموذجي سيئة جدًا بتاريخ 23 تموز/يوليو 2023، وهو «موقع» للمثال فقط.",
    "fr": "L’évaluateur a jugé que l’état du site d’exemple était très mauvais au 23 juillet 2023 : œuvre, façade, « citation ».",
}
QUOTATION = {"en": "“The roof is gone”", "ar": "«سقط السقف»", "hy": "«Տանիքը չկա»", "ru": "«Крыши нет»"}
ENTRIES = tuple(f"{number:02x}" * 32 for number in range(1, 9))


def run(text, language, cites=(), *, quotation=False):
    """Give a run in the direction of its language."""
    return Run(text=text, language=language, direction=direction_of(language), cites=tuple(cites), quotation=quotation)


def citation(entry, index, language):
    return Citation(
        entry=entry,
        index=index,
        kind="assessment",
        thing="assessment:aaaaaaaaaaaaaaaa",
        text=f"Sample assessment {index}, 23 July 2023, entry {entry[:12]}…, record example.org/record, no. {index}",
        language=language,
        address="https://example.org/a/very/long/address/that/goes/on/and/on/for/a/footnote?with=a&query=too",
    )


def body(language):
    """Give the sections: a fact, a quotation in another script within a line, a table, a request."""
    other = "ar" if language != "ar" else "hy"
    said = run(QUOTATION[other], other, [ENTRIES[1]], quotation=True)
    facts = Section(
        id="condition",
        heading=f"1. {FACTS[language].split()[0]}",
        paragraphs=(
            Paragraph(kind="fact", number=1, runs=(run(FACTS[language], language, [ENTRIES[0], ENTRIES[2]]),)),
            Paragraph(
                kind="fact",
                number=2,
                runs=(run(f"{FACTS[language]} ", language), said, run(f" {FACTS[language]}", language, [ENTRIES[0]])),
            ),
            Paragraph(
                kind="table",
                runs=(run(FACTS[language].split()[1], language),),
                rows=(
                    (run("Nº", language), run("A", language), run("SHA-256", language)),
                    (run("1", language), run(FACTS[language], language), run(ENTRIES[0], "en")),
                    (run("2", language), said, run(ENTRIES[1], "en")),
                ),
            ),
        ),
    )
    asked = Section(
        id="request",
        heading=f"2. {FACTS[language].split()[-1]}",
        note=FACTS[language],
        field_limit=Limit(most=150, unit="words", length=14),
        paragraphs=(Paragraph(kind="request", number=3, runs=(run(FACTS[language], language),)),),
    )
    return facts, asked


def annexes(language):
    """Give one annex with a table of six columns, as the list of evidence is, and one that continues a field."""
    rows = tuple(
        tuple(
            run(text, language)
            for text in (str(n), "copy", "news", f"Sample source {n}", ENTRIES[n], "2023-07-24T08:00:00Z")
        )
        for n in range(8)
    )
    head = tuple(run(text, language) for text in ("No.", "Form", "Nature", "Title", "SHA-256", "Captured"))
    return (
        Section(
            id="annex-a",
            heading="Annex A",
            paragraphs=(
                Paragraph(kind="note", runs=(run(FACTS[language], language),)),
                Paragraph(kind="table", rows=(head, *rows)),
            ),
        ),
        Section(
            id="annex-d",
            heading="Annex D",
            continues="request",
            paragraphs=(Paragraph(kind="fact", runs=(run(FACTS[language], language, [ENTRIES[3]]),)),),
        ),
    )


def sample(language="en", **changes):
    """Give a sample appeal in a language."""
    return msgspec.structs.replace(
        Composed(
            form_id="whc-174",
            form_name="Third-party information",
            form_status="outline",
            status_note=FACTS[language],
            letter="letter",
            addressee=Addressee(
                name="UNESCO World Heritage Centre",
                lines=("7 place de Fontenoy", "75352 Paris 07 SP, France"),
                means="email",
                to="wh-info@example.org",
            ),
            title=FACTS[language].split(".")[0],
            language=language,
            direction=direction_of(language),
            date="2026-11-30",
            date_text="30 November 2026",
            sender="Sample Heritage Institute",
            salutation="Sir, Madam,",
            closing="Accept, Sir, Madam, the assurances of my highest consideration.",
            signatories=(
                Signatory(name="A. Sample", capacity="Director", organisation="Sample Heritage Institute"),
                Signatory(name="B. Sample", capacity="Member", on_behalf_of="Sample Community", signed="2026-11-30"),
            ),
            sections=body(language),
            annexes=annexes(language),
            record=Origin(
                name="Sample record",
                origin="example.org/record",
                vkey="example.org/record+00000000+AAAA",
                size=400,
                root="AAAA",
            ),
            footer="Composed with Vestige from the Sample record; not a document of the UNESCO World Heritage Centre",
            reference="S/2026/1",
            copies=(Addressee(name="Sample National Commission"),),
            draft_note="Draft: not signed and not sent.",
            sample=True,
            sample_note="Sample: an example of a letter, not sent to anybody.",
            deadlines=(
                Deadline(
                    day="2027-02-28",
                    what="Reply of the sample addressee",
                    rule="three months, counted from 30 November 2026, by sample rule; with a comma",
                    source="https://example.org/rule",
                    mark="B",
                ),
                Deadline(day=None, what="Second reply", rule="not known", source="https://example.org/rule", mark="A"),
            ),
            citations=tuple(citation(entry, index, language) for index, entry in enumerate(ENTRIES)),
            entries=ENTRIES,
            withheld=(Withheld(name="ff" * 32, what="entry", reason="It would tell the place of a sensitive site."),),
        ),
        **changes,
    )
