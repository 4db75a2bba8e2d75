"""Why a property was listed in danger: a table of reasons with their sources, one row a listing.

The List in Danger gives years and no reason. The table that comes with this package (``danger_reasons.csv``) says for some listings
what UNESCO's own pages name as the threat: *conflict* where they name war, armed conflict, armed groups or mines, *other* where they
name none of these, *unknown* where the Committee named no threat. A listing that is not in it is unknown. Another table may be given.
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import pandas as pd

from vestige.studying._errors import StudyInputError
from vestige.studying.data._tables import Loaded, numbers, read_csv

KIND: Final = "a table of reasons for listings in danger"
REASONS: Final = ("conflict", "other", "unknown")
_COLUMNS: Final = ("id_no", "listed", "reason", "says", "source")


def load_reasons(path: Path | None = None) -> Loaded:
    """Load ``id_no listed reason says source``; without a path the table of this package.

    Raises `StudyInputError` for a reason that is none of the three, for one without a source, and for a listing that stands twice.
    """
    if path is None:
        with as_file(files("vestige.studying.data") / "danger_reasons.csv") as packed:
            return load_reasons(packed)
    raw, source = read_csv(path, _COLUMNS, KIND)
    table = raw.apply(lambda column: column.str.strip()).assign(listed=numbers(raw, "listed", path.name).astype(int))
    _refuse(table, ~table["reason"].isin(REASONS), f"column reason: expected one of {', '.join(REASONS)}", path)
    _refuse(table, table["source"] == "", "column source: a reason needs the page or document that gives it", path)
    _refuse(table, table.duplicated(["id_no", "listed"]), "this listing stands in the table twice", path)
    return Loaded(table=table, sources=(source,))


def _refuse(table: pd.DataFrame, bad: pd.Series, why: str, path: Path) -> None:
    if bad.any():
        row = int(bad.to_numpy().argmax())
        got = f"property {table['id_no'].iloc[row]}, {table['listed'].iloc[row]}: {table['reason'].iloc[row]!r}"
        raise StudyInputError(f"{why} ({got})", where=f"{path.name}, data row {row + 1}")


def with_reason(spells: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Add the column ``reason`` to spells of ``id_no listed``: unknown where the table has no such listing."""
    joined = spells.merge(reasons[["id_no", "listed", "reason"]], on=["id_no", "listed"], how="left")
    return joined.assign(reason=joined["reason"].fillna("unknown"))
