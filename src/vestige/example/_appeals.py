"""Appeals that others made, in the example: those of either side by one form, and what UNESCO said, entered alike with both."""

from collections.abc import Mapping
from typing import Any

from vestige.entries import Appeal, AppealAddressee, AppealSignatory, AppealText, Draft, Reply, Source
from vestige.example import _data as data
from vestige.record import Receipt, Record


def enter_appeals(record: Record) -> None:
    """Enter the recorded appeals with their sources, then the replies."""
    held = data.appeals()
    items, answers = held["appeal"], {answer["key"]: answer for answer in held["answer"]}
    sources = _sources(record, [*items, *answers.values()])
    drafts = [Draft(_appeal(item, sources), cites=(_source(item, sources).entry,)) for item in items]
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
    drafts = [Draft(Source(form="reference", language=data.LANGUAGE, **source)) for source in printed.values()]
    return dict(zip(printed, record.append(*drafts), strict=True))


def _source(item: Mapping[str, Any], sources: Mapping[str, Receipt]) -> Receipt:
    return sources[item["source"]["title"]]


def _appeal(item: Mapping[str, Any], sources: Mapping[str, Receipt]) -> Appeal:
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
