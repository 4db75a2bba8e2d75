import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.studying.statistics import _near
from vestige.studying.statistics._centroids import dominant_points, is_artefact
from vestige.studying.statistics._near import EARTH_RADIUS_KM, Places, count_near

RADII = (2.0, 5.0, 10.0, 25.0, 50.0)
POINT = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def haversine(a, b):
    """Give kilometres between (lat, lon) rows, by the haversine formula: independent of chords."""
    phi, psi = np.radians(a[:, None, 0]), np.radians(b[None, :, 0])
    half = (
        np.sin((psi - phi) / 2) ** 2
        + np.cos(phi) * np.cos(psi) * np.sin(np.radians(b[None, :, 1] - a[:, None, 1]) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def counted(sites, events, years, radii=RADII, owner=None):
    points = pd.DataFrame(sites, columns=["latitude", "longitude"])
    points["site"] = range(len(points)) if owner is None else owner
    frame = pd.DataFrame(events, columns=["latitude", "longitude"]).assign(
        year=years, deaths=np.arange(len(events)) + 1.0
    )
    pieces = list(count_near(points, Places.of(frame, ["events", "deaths"]), radii))
    rows = pd.concat(pieces) if pieces else pd.DataFrame(columns=["site", "radius_km", "period", "events", "deaths"])
    return {(row.site, row.radius_km, row.period): (row.events, row.deaths) for row in rows.itertuples()}


def by_hand(sites, events, years, radii=RADII, owner=None):
    sites, events = np.array(sites, dtype=float), np.array(events, dtype=float)
    owner = np.arange(len(sites)) if owner is None else np.array(owner)
    distance = haversine(sites, events)
    out = {}
    for site in np.unique(owner):
        nearest = distance[owner == site].min(axis=0)
        for radius in radii:
            for event in np.flatnonzero(nearest <= radius):
                events_, deaths = out.get((site, radius, years[event]), (0, 0.0))
                out[site, radius, years[event]] = (events_ + 1, deaths + event + 1.0)
    return out


@settings(max_examples=40)
@given(
    POINT,
    st.lists(st.tuples(st.floats(-0.6, 0.6), st.floats(-0.6, 0.6)), min_size=1, max_size=30),
    st.integers(0, 2**31),
)
def test_counts_equal_the_haversine_everywhere_on_earth(centre, offsets, seed):
    rng = np.random.default_rng(seed)
    places = [
        (
            float(np.clip(centre[0] + dy, -90, 90)),
            (centre[1] + dx / max(0.02, np.cos(np.radians(centre[0]))) + 180) % 360 - 180,
        )
        for dy, dx in offsets
    ]
    sites, events = places[::2], [*places[1::2], centre]
    years = rng.integers(2014, 2017, len(events)).tolist()
    distance = haversine(np.array(sites), np.array(events))
    if np.abs(distance[..., None] - np.array(RADII)).min() < 1e-6:
        return  # on a ring to the rounding of either formula
    assert counted(sites, events, years) == by_hand(sites, events, years)


def test_the_date_line_and_the_pole_are_no_edges():
    assert counted([(0.0, 179.99)], [(0.0, -179.99)], [2020]) == {(0, r, 2020): (1, 1.0) for r in RADII[1:]}
    assert (0, 25.0, 2020) in counted([(89.95, 0.0)], [(89.95, 180.0)], [2020])


def test_a_property_with_components_counts_an_event_once():
    sites = [(35.0, 36.0), (35.0, 36.05), (40.0, 10.0)]
    events, years = [(35.0, 36.02), (35.0, 36.06)], [2016, 2016]
    assert counted(sites, events, years, owner=[7, 7, 8]) == by_hand(sites, events, years, owner=[7, 7, 8])
    assert counted(sites, events, years, owner=[7, 7, 8])[7, 5.0, 2016] == (2, 3.0)


def test_chunks_and_halves_change_nothing(monkeypatch):
    rng = np.random.default_rng(3)
    sites = np.column_stack([rng.uniform(34, 37, 300), rng.uniform(36, 40, 300)])
    owner = np.sort(rng.integers(0, 120, 300))
    events = np.round(np.column_stack([rng.uniform(34, 37, 400), rng.uniform(36, 40, 400)]), 1)
    years = rng.integers(2016, 2020, 400).tolist()
    whole = counted(sites, events, years, owner=owner)
    monkeypatch.setattr(_near, "_CHUNK", 37)
    monkeypatch.setattr(_near, "_PAIRS", 50)
    assert counted(sites, events, years, owner=owner) == whole == by_hand(sites, events, years, owner=owner)


def test_a_town_centroid_is_flagged():
    events = pd.DataFrame({"latitude": [35.0] * 12 + [35.05], "longitude": [36.0] * 12 + [36.0], "year": 2016})
    points = pd.DataFrame({"site": [0, 1], "latitude": [35.01, 50.0], "longitude": [36.0, 30.0]})
    table = dominant_points(points, Places.of(events, ["events"]), 10.0)
    assert table["site"].tolist() == [0]
    assert (table["events"].iloc[0], table["on_one_point"].iloc[0]) == (13, 12)
    assert table["distance_km"].iloc[0] == pytest.approx(1.112, abs=0.001)
    assert is_artefact(table).all()
