"""Before and after as two pictures that lie over each other: same stretch, same scale bar."""

from io import BytesIO

import numpy as np

from vestige.errors import MissingExtraError
from vestige.observing._covariance import Floats
from vestige.observing._errors import SeriesError
from vestige.observing._result import Change
from vestige.observing._series import Series
from vestige.observing._window import DECIBEL, Mask

SIDE, LEAST, MARGIN, FOOT = 480, 420, 8, 40
METRES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


def before_and_after(series: Series, change: Change, *, band: str, pixel_metres: float) -> tuple[bytes, bytes]:
    """Draw the mean of ``band`` before the window and in it as two PNG of one size.

    Both share one grey stretch, from the 2nd to the 98th percentile of the two together, in decibels, which their foot names;
    pixels without a value are hatched. The means are of power, over all dates before the window and all dates in it. Raises
    `SeriesError` where the band is unknown or a side has no image.
    """
    sides = _sides(series, change, band)
    levels = [_decibels(series.values[mask, series.bands.index(band)]) for mask in sides]
    finite = np.concatenate([level[np.isfinite(level)] for level in levels])
    if not finite.size:
        raise SeriesError(f"no pixel has a value in {band}", where=f"chips of {series.site or series.orbit}")
    low, high = np.percentile(finite, [2, 98])
    words = f"{series.orbit}  {band}  black {low:.1f} dB, white {high:.1f} dB in both; pixel {pixel_metres:g} m"
    before, after = (_picture(_grey(level, low, high), pixel_metres, words) for level in levels)
    return before, after


def _picture(grey: "Floats", pixel_metres: float, words: str) -> bytes:
    """Enlarge a chip, and put a scale bar and words below it."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise MissingExtraError("observing", "pillow") from error
    height, width = grey.shape[:2]
    scale = max(1, SIDE // max(height, width))
    picture = Image.new("RGB", (max(width * scale, LEAST), height * scale + FOOT), "white")
    picture.paste(Image.fromarray(grey).resize((width * scale, height * scale), Image.Resampling.NEAREST), (0, 0))
    draw = ImageDraw.Draw(picture)
    metres = max([m for m in METRES if m <= width * pixel_metres / 2], default=METRES[0])
    y = height * scale + 8
    length = metres / pixel_metres * scale
    draw.rectangle((MARGIN, y, MARGIN + length, y + 4), fill="black")
    draw.text((2 * MARGIN + length, y - 5), f"{metres} m", fill="black", font_size=12)
    draw.text((MARGIN, y + 10), words, fill="black", font_size=12)
    target = BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _sides(series: Series, change: Change, band: str) -> tuple[Mask, Mask]:
    if band not in series.bands:
        raise SeriesError(f"expected one of {', '.join(series.bands)}, got {band}", where="band")
    start, end = change.window
    sides = series.times < start, (series.times >= start) & (series.times < end)
    if not all(mask.any() for mask in sides):
        raise SeriesError("no image before or in the window", where=f"chips of {series.site or series.orbit}")
    return sides


def _decibels(values: Floats) -> Floats:
    count = np.isfinite(values).sum(axis=0)
    mean = np.nansum(values.astype(float), axis=0) / np.maximum(count, 1)
    return np.asarray(DECIBEL * np.log(mean, where=count > 0, out=np.full(mean.shape, np.nan)))


def _grey(level: Floats, low: float, high: float) -> "Floats":
    share = (np.nan_to_num(level, nan=low) - low) / max(high - low, 1e-9)
    grey = np.clip(share * 255, 0, 255).astype("uint8")
    rows, columns = np.indices(level.shape)
    hatched = np.stack([np.where((rows + columns) % 2 == 0, 255, 170)] * 3, axis=-1).astype("uint8")
    return np.where(np.isfinite(level)[..., None], grey[..., None], hatched)
