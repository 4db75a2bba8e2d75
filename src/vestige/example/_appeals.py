"""Appeals that others made, in the example: those of either side by one form, and what UNESCO said, entered alike with both."""

from collections.abc import Mapping
from typing import Any

from vestige.entries import (
    Appeal,
    AppealAddressee,
    AppealSignatory,
    AppealText,
    Body,
    Draft,
    Reply,
    Source,
    Span,
    Speaker,
    Statement,
)
from vestige.example import _data as data
from vestige.example._sources import abstract_source
from vestige.record import Receipt, Record

READER = "Vestige example record"
"""Who read the sources."""


def enter_appeals(record: Record) -> None:
    """Enter the recorded appeals with their sources, then the replies."""
    held = data.appeals()
    items, answers = held["appeal"], {answer["key"]: answer for answer in held["answer"]}
    sources = _sources(record, [*items, *answers.values()])
    drafts = [
        Draft(_appeal(item, sources, _said(record, item, sources)), cites=(_source(item, sources).entry,))
        for item in items
    ]
    pairs = list(zip(items, record.append(*drafts), strict=True))
    record.append(
        *(
            Draft(
                _reply(answers[key], receipt.about, sources),
                cites=(receipt.entry, _source(answers[key], sources).entry),
            )
            for item, receipt in pairs
            for key in item.get("answers", ())
        )
    )


def _sources(record: Record, items: list[Mapping[str, Any]]) -> dict[str, Receipt]:
    """Enter each source once and give its receipt by its title."""
    printed = {item["source"]["title"]: item["source"] for item in items}
    drafts = [
        Draft(abstract_source(record, f"appeal-{number}", source)) for number, source in enumerate(printed.values())
    ]
    return dict(zip(printed, record.append(*drafts), strict=True))


def _said(record: Record, item: Mapping[str, Any], sources: Mapping[str, Receipt]) -> tuple[str, ...]:
    """Enter what named persons said by the source of an appeal, and give the ids of the statements."""
    receipt = _source(item, sources)
    entry = record.index.entry(receipt.entry)
    source = entry.body if entry else None
    said = [Draft(_statement(one, item, receipt, source), cites=(receipt.entry,)) for one in item.get("says", ())]
    return tuple(one.about for one in record.append(*said)) if said else ()


def _statement(one: Mapping[str, Any], item: Mapping[str, Any], receipt: Receipt, source: Body | None) -> Statement:
    assert isinstance(source, Source)  # noqa: S101 - it was just entered
    text = data.one_line(item["source"]["text"])
    start = text.index(one["content"])
    cue = text.rindex(one["cue"], 0, start)
    return Statement(
        source=receipt.about,
        content=one["content"],
        manner="indirect",
        speaker=Speaker(name=one["name"], role=one["role"], organisation=one.get("organisation")),
        status="confirmed",
        file=source.file,
        spans=(Span(start=start, end=start + len(one["content"])),),
        cue=one["cue"],
        cue_span=Span(start=cue, end=cue + len(one["cue"])),
        language=data.LANGUAGE,
        reader=READER,
    )


def _source(item: Mapping[str, Any], sources: Mapping[str, Receipt]) -> Receipt:
    return sources[item["source"]["title"]]


def _appeal(item: Mapping[str, Any], sources: Mapping[str, Receipt], said: tuple[str, ...]) -> Appeal:
    asks = item.get("asks")
    return Appeal(
        origin="recorded",
        form="letter",
        title=item["title"],
        language=data.LANGUAGE,
        addressees=tuple(AppealAddressee(name=name) for name in item["addressees"]),
        senders=(
            AppealSignatory(
                name=item["sender"], capacity="as the source has it", on_behalf_of=item["on_behalf_of"], consent=True
            ),
        ),
        requests=(AppealText(text=asks, language=data.LANGUAGE),) if asks else (),
        source=_source(item, sources).about,
        text_seen=item.get("text_seen", False),
        statements=said,
        made=data.window(item),
        note=item.get("note"),
    )


def _reply(item: Mapping[str, Any], appeal: str, sources: Mapping[str, Receipt]) -> Reply:
    return Reply(
        appeal=appeal,
        sender=item["sender"],
        received=item["received"],
        type=item["type"],
        source=_source(item, sources).about,
        note=item["note"],
    )
