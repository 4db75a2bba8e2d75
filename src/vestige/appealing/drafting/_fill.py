"""Filling a draft from the record: every sentence of fact that it bears on the sites, under the fields that ask for them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from vestige.appealing.drafting._draft import (
    PLACEHOLDER,
    DraftFile,
    DraftParagraph,
    DraftPart,
    DraftSignatory,
)
from vestige.appealing.sentences import Facts, words
from vestige.procedures.forms import Field, Form
from vestige.record import RecordReader


def fill_draft(
    form: Form,
    record: RecordReader,
    *,
    sites: Sequence[str],
    signatory: DraftSignatory,
    language: str,
    date: dt.date,
    sample: bool = False,
) -> DraftFile:
    """Give a draft of a form about sites of the record, filled as far as the record goes; people fill the rest."""
    facts = Facts(words(language), record.index)
    checkpoint = record.checkpoint
    return DraftFile(
        form=form.id,
        language=language,
        date=date,
        checkpoint=f"{checkpoint.size} {checkpoint.root.hex()}",
        sites=tuple(sites),
        signatory=(signatory,),
        part=tuple(_part(one, facts, sites) for one in form.field if one.kind not in _FILLED_LATER),
        letter=form.letter,
        means=form.channel[0].means if form.channel else None,
        visibility="withheld" if form.publish in {"never", "after-report"} else "public",
        sample=sample,
    )


_FILLED_LATER = frozenset({"signatory", "names", "country", "coordinates"})
"""Fields that composing fills from the draft's own head and from the sites."""


def _part(one: Field, facts: Facts, sites: Sequence[str]) -> DraftPart:
    if one.kind == "choice":
        return DraftPart(field=one.key, answer=one.default or PLACEHOLDER)
    if one.kind == "consent":
        return DraftPart(field=one.key, answer=PLACEHOLDER)
    if one.kind == "facts":
        return DraftPart(field=one.key, paragraph=tuple(_facts(one, facts, sites)))
    if not one.required and one.default is None:
        return DraftPart(field=one.key)
    return DraftPart(field=one.key, paragraph=(DraftParagraph(role=one.role, text=one.default or PLACEHOLDER),))


def _facts(one: Field, facts: Facts, sites: Sequence[str]) -> Iterator[DraftParagraph]:
    done: set[tuple[str, ...]] = set()
    for site in sites:
        for sentence in one.holds:
            for made in facts.all_about(site, sentence):
                if (sentence, *made.cites) not in done:
                    done.add((sentence, *made.cites))
                    yield DraftParagraph(role="fact", sentence=made.sentence, cites=made.cites, text=made.text)
