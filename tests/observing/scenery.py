"""Made-up scenery for tests: real COGs written by GDAL, with the STAC items that describe them."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pyproj
import rasterio
from rasterio.transform import Affine, from_origin

EPSG = 32637
ORIGIN = (400_000.0, 4_500_000.0)
FORWARD = pyproj.Transformer.from_crs(4326, EPSG, always_xy=True)
BACK = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)


def speckle(seed: int, shape: tuple[int, int] = (600, 700)) -> np.ndarray:
    """Linear power with four looks, smooth land below."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[: shape[0], : shape[1]]
    land = 0.08 * (1.4 + np.sin(x / 90) * np.cos(y / 70))
    return (land * rng.gamma(4.0, 0.25, shape)).astype("float32")


def write_cog(
    path: Path,
    pixels: np.ndarray,
    *,
    epsg: int = EPSG,
    transform: Affine | None = None,
    blocksize: int = 256,
    driver: str = "COG",
    **options,
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = pixels if pixels.ndim == 3 else pixels[np.newaxis]
    layout = {"blocksize": blocksize} if driver == "COG" else {}
    with rasterio.open(
        path, "w", driver=driver, width=pixels.shape[2], height=pixels.shape[1], count=pixels.shape[0], dtype=pixels.dtype,
        crs=f"EPSG:{epsg}", transform=transform or from_origin(*ORIGIN, 30, 30), **{"compress": "DEFLATE", "nodata": float("nan") if pixels.dtype.kind == "f" else 0, **layout, **options},
    ) as file:  # fmt: skip
        file.write(pixels)
    return path


def lonlat(col: float, row: float) -> tuple[float, float]:
    """The point in the middle of a pixel of the usual grid."""
    return BACK.transform(ORIGIN[0] + (col + 0.5) * 30, ORIGIN[1] - (row + 0.5) * 30)


def item(
    name: str,
    time: dt.datetime,
    hrefs: dict[str, str],
    *,
    shape: tuple[int, int] = (600, 700),
    orbit: int = 21,
    platform: str = "sentinel-1a",
    version: str = "1.0",
) -> dict:
    corners = [
        lonlat(*at)
        for at in ((-0.5, -0.5), (shape[1] - 0.5, -0.5), (shape[1] - 0.5, shape[0] - 0.5), (-0.5, shape[0] - 0.5))
    ]
    ring = [list(c) for c in [*corners, corners[0]]]
    return {
        "type": "Feature", "stac_version": "1.0.0", "id": name, "collection": "made-rtc",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "bbox": [min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring)],
        "properties": {
            "datetime": time.isoformat().replace("+00:00", "Z"), "platform": platform, "sat:relative_orbit": orbit,
            "sat:orbit_state": "descending", "processing:software": {"made": version},
        },
        "assets": {band: {"href": href, "type": "image/tiff; application=geotiff"} for band, href in hrefs.items()},
        "links": [],
    }  # fmt: skip


def write_scenery(
    folder: Path,
    *,
    dates: int = 6,
    href: str = "",
    bands: tuple[str, ...] = ("vv", "vh"),
    start: dt.datetime = dt.datetime(2024, 1, 3, 3, 4, 5, tzinfo=dt.UTC),
    step_at: int | None = None,
    sites: list | None = None,
    days: int = 12,
) -> list[dict]:
    """Write COGs for so many dates and give their items; from ``step_at`` on the first site is twice as bright."""
    items = []
    for number in range(dates):
        hrefs = {}
        for index, band in enumerate(bands):
            pixels = speckle(number * 10 + index)
            if step_at is not None and number >= step_at and sites:
                col, row = sites[0]
                pixels[row - 3 : row + 4, col - 3 : col + 4] *= 4
            write_cog(folder / f"scene{number:03d}_{band}.tif", pixels)
            hrefs[band] = f"{href or folder}/scene{number:03d}_{band}.tif"
        items.append(item(f"scene{number:03d}", start + number * dt.timedelta(days=days), hrefs))
    return items


def write_catalogue(path: Path, items: list[dict]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}))
    return path


def write_sites(path: Path, points: dict[str, tuple[float, float]]) -> Path:
    features = [
        {
            "type": "Feature",
            "id": name,
            "properties": {"name": f"Site {name}"},
            "geometry": {"type": "Point", "coordinates": list(point)},
        }
        for name, point in points.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path
