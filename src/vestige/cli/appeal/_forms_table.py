"""The table of forms: of each what is known, with mark and source, and what is not."""

from collections.abc import Iterable, Iterator

from vestige.procedures.forms import Field, Form


def table_of(forms: Iterable[Form]) -> Iterator[str]:
    """Give the lines of the table, in Markdown."""
    yield "| form | addressee | status | fields known (mark, source) | not known | sources (read on) |"
    yield "|---|---|---|---|---|---|"
    for one in forms:
        keys = {key: number for number, key in enumerate(one.sources, 1)}
        fields = "; ".join(_field(field, keys) for field in one.field)
        sources = "; ".join(
            f"{number}. [{one.sources[key].title}]({one.sources[key].address}) ({one.sources[key].checked})"
            for key, number in keys.items()
        )
        cells = (f"`{one.id}`", one.addressee, one.status, fields, " ".join(one.unknown), sources)
        yield f"| {' | '.join(cells)} |"


def _field(field: Field, keys: dict[str, int]) -> str:
    source = f", {keys[field.source]}" if field.source else ""
    return f"{field.label or field.key} ({field.mark}{source})"
