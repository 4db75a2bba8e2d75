"""Counts of events near sites by radius and year, spooled to disk, with their totals by site and radius."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vestige.studying.data._sites import Sites
from vestige.studying.statistics._near import Places, count_near

_SORTED_ROWS: Final = 2_000_000


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Counts on disk (they may exceed memory), with the totals by site and radius."""

    spool: IO[bytes]
    rows: int
    events: np.ndarray
    deaths: np.ndarray
    years: np.ndarray

    @classmethod
    def of(cls, sites: Sites, places: Places, radii: Sequence[float]) -> "Counted":
        """Count, piece by piece, and keep each piece on disk."""
        spool, rows, writer = TemporaryFile(), 0, None  # noqa: SIM115 - it outlives this function
        shape = (len(sites.table), len(radii))
        events, deaths, years = np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape, dtype=np.int64)
        for piece in count_near(sites.points, places, radii):
            column = np.searchsorted(radii, piece["radius_km"].to_numpy())
            at = (piece["site"].to_numpy(), column)
            np.add.at(events, at, piece["events"].to_numpy())
            np.add.at(deaths, at, piece["deaths"].to_numpy())
            np.add.at(years, at, 1)
            table = pa.Table.from_pandas(piece, preserve_index=False)
            writer = writer or pq.ParquetWriter(spool, table.schema)
            writer.write_table(table)
            rows += len(piece)
        if writer is not None:
            writer.close()
        return cls(spool=spool, rows=rows, events=events, deaths=deaths, years=years)

    def table(
        self, sites: Sites, radii: Sequence[float]
    ) -> tuple[pd.DataFrame | None, dict[str, Iterator[pd.DataFrame]]]:
        """Give the tidy table, in order where it fits in memory, else as pieces in spatial order."""
        pieces = self._pieces(sites, radii)
        if self.rows > _SORTED_ROWS:
            return None, {"exposure": pieces}
        whole = pd.concat(list(pieces), ignore_index=True)
        return whole.sort_values(["id", "radius_km", "year"], ignore_index=True), {}

    def _pieces(self, sites: Sites, radii: Sequence[float]) -> Iterator[pd.DataFrame]:
        inner = dict(zip(radii, (0.0, *radii[:-1]), strict=True))
        self.spool.seek(0)
        for batch in pq.ParquetFile(self.spool).iter_batches(batch_size=250_000):
            piece = batch.to_pandas()
            names = sites.table.loc[piece["site"], ["id", "name"]].reset_index(drop=True)
            piece = pd.concat([names, piece.drop(columns="site").rename(columns={"period": "year"})], axis=1)
            yield piece.assign(
                band_from_km=piece["radius_km"].map(inner), deaths=piece["deaths"].round().astype(np.int64)
            )


def summary_of(sites: Sites, counted: Counted, radii: Sequence[float]) -> pd.DataFrame:
    """Give the totals of each site that has an event near it, a row a site and radius."""
    parts = []
    for column, radius in enumerate(radii):
        near = np.flatnonzero(counted.events[:, column])
        before = counted.events[near, column - 1] if column else 0
        parts.append(
            pd.DataFrame(
                {
                    "id": sites.table["id"].to_numpy()[near],
                    "name": sites.table["name"].to_numpy()[near],
                    "radius_km": radius,
                    "events": counted.events[near, column],
                    "events_in_band": counted.events[near, column] - before,
                    "deaths": counted.deaths[near, column].round().astype(np.int64),
                    "years_with_events": counted.years[near, column],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
