"""The last look before anything is written: no public entry tells where a sensitive site lies."""

from vestige.capture import readable_text
from vestige.publishing._errors import ExposedPlaceError
from vestige.record import RecordReader, exposures, told_of


def require_untold(record: RecordReader, published: int) -> None:
    """Raise ExposedPlaceError when a public entry, or a text that it preserves, tells the exact place of a sensitive site in any notation.

    Entries before the position ``published`` were looked at by the publication before, unless a place was withheld since.
    """
    index = record.index
    since = published and any(
        entry.envelope.visibility == "withheld" for entry in index.entries("site", after=published - 1)
    )
    after = -1 if since else published - 1
    for entry, told in exposures(index, record.policy, record.files, after=after, text_of=readable_text):
        raise ExposedPlaceError(
            f"{told_of(told)}, in entry {entry.index}",
            where=f"{entry.about}, {told.field}",
            hint=f"withdraw that entry first: vestige withdraw {entry.hash} --why '…'; or all that tell it: vestige protect {told.site}",
        )
