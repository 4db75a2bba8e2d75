"""The example's own letter: drafted, checked and composed as a person does it, marked as an example, and sent to nobody."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from vestige.appealing.drafting import PLACEHOLDER, DraftFile, DraftParagraph, DraftPart, write_draft
from vestige.example import _data as data
from vestige.keeping.appeals import AppealComposed, compose_appeal, draft_appeal
from vestige.record import Record


def compose_own_appeal(record: Record, to: Path | None) -> AppealComposed:
    """Compose the letter and enter it; its documents and its bundle are written to a new folder, where one is named."""
    own = data.appeals()["own"]
    day = own["day"]
    draft = draft_appeal(
        record,
        own["form"],
        [own["site"]],
        own["signatory"],
        language=own["language"],
        capacity=own["capacity"],
        date=day,
        sample=True,
    )
    return compose_appeal(record, write_draft(written(draft, own["texts"])), to, today=day, where="example")


def written(draft: DraftFile, texts: Mapping[str, Any]) -> DraftFile:
    """Give a draft with its place-holders replaced by the texts of their fields."""
    return msgspec.structs.replace(draft, part=tuple(_written(part, texts) for part in draft.part))


def _written(part: DraftPart, texts: Mapping[str, Any]) -> DraftPart:
    """Put a text in the place of the place-holder of a part, or after what the record filled it with."""
    text = texts.get(part.field)
    if text is None:
        return part
    role: Literal["request", "declaration"] = "request" if part.field == "request" else "declaration"
    filled = tuple(one for one in part.paragraph if one.text != PLACEHOLDER)
    return msgspec.structs.replace(part, paragraph=(*filled, DraftParagraph(role=role, text=text)))
