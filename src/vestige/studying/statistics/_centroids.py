"""Town centroids: where a distance to events is a distance to a map's idea of a town.

Events that are known only by their town all stand on one point. Rings around a site near that point then count the same
events at every radius, and a small change of either coordinate moves them all. Such a site is flagged, never corrected.
"""

from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from vestige.studying.statistics._near import Places, chord, great_circle, unit_vectors

#: A site is flagged when at least this share of its events, and at least this many, stand on one point.
SHARE: Final = 0.5
LEAST_EVENTS: Final = 10


def dominant_points(points: pd.DataFrame, places: Places, radius_km: float) -> pd.DataFrame:
    """Give ``site events on_one_point share distance_km`` for each site with events within a radius.

    ``on_one_point`` is the number of events at the point that holds most of them, ``distance_km`` how far it is.
    """
    totals = np.asarray(places.measures["events"].sum(axis=1)).ravel()
    vectors = unit_vectors(points["latitude"].to_numpy(), points["longitude"].to_numpy())
    pairs = cKDTree(vectors).sparse_distance_matrix(
        cKDTree(places.vectors), float(chord(radius_km)), output_type="ndarray"
    )
    frame = pd.DataFrame(
        {
            "site": points["site"].to_numpy()[pairs["i"]],
            "place": pairs["j"],
            "distance_km": great_circle(pairs["v"]),
            "here": totals[pairs["j"]],
        }
    )
    nearest = frame.sort_values(["site", "place", "distance_km"]).drop_duplicates(["site", "place"])
    most = nearest.sort_values(["site", "here", "distance_km"], ascending=[True, False, True]).drop_duplicates("site")
    events = nearest.groupby("site")["here"].sum().reindex(most["site"]).to_numpy()
    return pd.DataFrame(
        {
            "site": most["site"].to_numpy(),
            "events": events.astype(int),
            "on_one_point": most["here"].to_numpy().astype(int),
            "share": most["here"].to_numpy() / events,
            "distance_km": most["distance_km"].to_numpy(),
        }
    )


def is_artefact(table: pd.DataFrame) -> pd.Series:
    """Tell which sites' counts hang on one point."""
    return (table["on_one_point"] >= LEAST_EVENTS) & (table["share"] >= SHARE)


def town_points(events: pd.DataFrame) -> pd.DataFrame:
    """Give the points that repeat: ``latitude longitude events precise share``, most events first.

    A point on which `LEAST_EVENTS` or more events stand is a town's, whatever ``where_prec`` says of them; ``precise`` is how many of them
    claim the place itself (``where_prec`` 1), ``share`` their part of all events.
    """
    grouped = events.groupby(["latitude", "longitude"])["where_prec"]
    counts = grouped.agg(events="size", precise=lambda values: int((values == 1).sum())).reset_index()
    towns = counts[counts["events"] >= LEAST_EVENTS].assign(share=lambda found: found["events"] / max(1, len(events)))
    return towns.sort_values(["events", "latitude", "longitude"], ascending=[False, True, True], ignore_index=True)


def on_town_points(events: pd.DataFrame) -> pd.Series:
    """Tell which events stand on a point that repeats."""
    return events.groupby(["latitude", "longitude"])["id"].transform("size") >= LEAST_EVENTS
