"""What lies within a distance of what: a spatial index on the sphere, exact, in bounded memory.

Points become unit vectors, so that a great-circle distance d on a sphere of radius R is the chord 2 sin(d / 2R), and a k-d
tree in three dimensions (scipy) finds every neighbour without a projection, poles and date line included. R is the IUGG mean
radius, 6371.0088 km; the sphere differs from the ellipsoid by at most 0.56 %, far below the precision of the events.

Events repeat coordinates (a town's centroid stands for all that happened there), so the tree holds each place once and the
counts per place and year are applied by a sparse matrix product. Sites are walked in spatial order, in chunks that are
halved until their pairs fit the budget.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

EARTH_RADIUS_KM: Final = 6371.0088
_PAIRS: Final = 4_000_000
_CHUNK: Final = 16_384


def unit_vectors(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Give (n, 3) unit vectors of points in degrees."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def chord(kilometres: np.ndarray | float) -> np.ndarray:
    """Give the chord on the unit sphere of a great-circle distance."""
    return 2.0 * np.sin(np.minimum(np.asarray(kilometres, dtype=float) / (2.0 * EARTH_RADIUS_KM), np.pi / 2))


def great_circle(chords: np.ndarray) -> np.ndarray:
    """Give the great-circle distance in kilometres of chords on the unit sphere."""
    return 2.0 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chords / 2.0, 1.0))


@dataclass(frozen=True, kw_only=True)
class Places:
    """Events gathered by place: unit vectors (place, 3), and per measure a sparse matrix (place, period)."""

    vectors: np.ndarray
    measures: dict[str, sparse.csr_matrix]
    periods: np.ndarray

    @classmethod
    def of(cls, events: pd.DataFrame, measures: Sequence[str], period: str = "year") -> "Places":
        """Gather events (``latitude longitude`` and the period column) by their exact coordinates.

        The measure ``events`` counts rows; any other name is a column that is summed.
        """
        keys, place = np.unique(events[["latitude", "longitude"]].to_numpy(dtype=float), axis=0, return_inverse=True)
        periods, column = np.unique(events[period].to_numpy(), return_inverse=True)
        shape = (len(keys), len(periods))
        values = {
            name: np.ones(len(events)) if name == "events" else events[name].to_numpy(dtype=float) for name in measures
        }
        matrices = {
            name: sparse.csr_matrix((data, (place.ravel(), column)), shape=shape) for name, data in values.items()
        }
        return cls(vectors=unit_vectors(keys[:, 0], keys[:, 1]), measures=matrices, periods=periods)


def count_near(points: pd.DataFrame, places: Places, radii: Sequence[float]) -> Iterator[pd.DataFrame]:
    """Count what lies within each radius (kilometres) of each site, in pieces of a tidy table without zero rows.

    ``points`` has ``site latitude longitude``; a site with several points counts a place once, by its nearest point. A piece
    has ``site radius_km`` a period column ``period`` and one column a measure. Pieces come in spatial order; a site's rows
    are all in one piece.
    """
    ordered = sorted(float(radius) for radius in radii)
    tree = cKDTree(places.vectors)
    vectors = unit_vectors(points["latitude"].to_numpy(), points["longitude"].to_numpy())
    site = points["site"].to_numpy()
    for rows in _chunks(_spatial_order(points, vectors), site):
        yield from _count(vectors[rows], site[rows], tree, places, ordered)


def _spatial_order(points: pd.DataFrame, vectors: np.ndarray) -> np.ndarray:
    """Order points so that neighbours stay together and the points of one site are adjacent (by its first point)."""
    cells = np.floor((vectors + 1.0) * 256.0).astype(np.int64)
    code = sum(_spread(cells[:, axis]) << axis for axis in range(3))
    leader = pd.Series(code).groupby(points["site"].to_numpy()).transform("first").to_numpy()
    return np.lexsort((points["site"].to_numpy(), leader))


def _spread(values: np.ndarray) -> np.ndarray:
    """Spread the ten low bits of integers three apart (Morton order)."""
    out = values & 0x3FF
    for shift, mask in ((16, 0x30000FF), (8, 0x300F00F), (4, 0x30C30C3), (2, 0x9249249)):
        out = (out | (out << shift)) & mask
    return out


def _chunks(order: np.ndarray, site: np.ndarray) -> Iterator[np.ndarray]:
    start = 0
    while start < len(order):
        stop = min(start + _CHUNK, len(order))
        while stop < len(order) and site[order[stop]] == site[order[stop - 1]]:
            stop += 1
        yield order[start:stop]
        start = stop


def _count(
    vectors: np.ndarray, site: np.ndarray, tree: cKDTree, places: Places, radii: Sequence[float]
) -> Iterator[pd.DataFrame]:
    largest = float(chord(radii[-1]))
    small = cKDTree(vectors)
    halves = _halves(site)
    if halves is not None and small.count_neighbors(tree, largest) > _PAIRS:
        for part in halves:
            yield from _count(vectors[part], site[part], tree, places, radii)
        return
    pairs = small.sparse_distance_matrix(tree, largest, output_type="ndarray")
    if len(pairs):
        yield _tally(pairs["i"], pairs["j"], pairs["v"], site, places, radii)


def _halves(site: np.ndarray) -> tuple[slice, slice] | None:
    edges = np.flatnonzero(site[1:] != site[:-1]) + 1
    if not len(edges):
        return None
    middle = int(edges[np.abs(edges - len(site) // 2).argmin()])
    return slice(0, middle), slice(middle, len(site))


def _tally(
    i: np.ndarray, j: np.ndarray, distance: np.ndarray, site: np.ndarray, places: Places, radii: Sequence[float]
) -> pd.DataFrame:
    names, owner = np.unique(site, return_inverse=True)
    row = owner[i]
    if len(names) < len(site):
        row, j, distance = _nearest(row, j, distance)
    band = np.searchsorted(chord(np.asarray(radii)), distance, side="left")
    shape = (len(names), places.vectors.shape[0])
    totals: dict[str, sparse.csr_matrix] = {}
    parts = []
    for step, radius in enumerate(radii):
        inside = band == step
        near = sparse.csr_matrix((np.ones(int(inside.sum())), (row[inside], j[inside])), shape=shape)
        for name, matrix in places.measures.items():
            product = near @ matrix
            totals[name] = product if step == 0 else totals[name] + product
        parts.append(_tidy(names, totals, places.periods, radius))
    return pd.concat(parts, ignore_index=True)


def _nearest(row: np.ndarray, j: np.ndarray, distance: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    order = np.lexsort((distance, j, row))
    row, j, distance = row[order], j[order], distance[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (j[1:] != j[:-1])
    return row[first], j[first], distance[first]


def _tidy(names: np.ndarray, totals: dict[str, sparse.csr_matrix], periods: np.ndarray, radius: float) -> pd.DataFrame:
    pattern = totals["events"].tocoo()
    columns: dict[str, np.ndarray] = {
        "site": names[pattern.row],
        "radius_km": np.full(pattern.nnz, radius),
        "period": periods[pattern.col],
        "events": np.rint(pattern.data).astype(np.int64),
    }
    for name, matrix in totals.items():
        if name != "events":  # sums of zero are not stored, so the patterns may differ
            cells = matrix.tocsr()[pattern.row, pattern.col] if pattern.nnz else np.zeros(0)
            columns[name] = np.asarray(cells).ravel()
    return pd.DataFrame(columns)
