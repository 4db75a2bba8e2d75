"""A made-up place with what a record can hold of a site beside words: a picture, a recording, an observation. Each says that it is a sample.

They belong to a place that stands nowhere, so that no page of a real place shows anything that was made up.
"""

import io
import math
import random
import struct
import wave
from itertools import combinations

from PIL import Image, ImageDraw

import vestige
from vestige.entries import BandChange, DateWindow, Draft, Name, Observation, Site, Source
from vestige.example._originals import original
from vestige.record import Record

SAMPLE = "Sample, shows no real place"
_MADE = f"{SAMPLE}. Made by a program that is part of Vestige."
_NAMES = {
    "en": "Sample place, not real",
    "fr": "Exemple de lieu, pas réel",
    "ru": "Пример места, не настоящее",
    "uk": "Приклад місця, не справжнє",
    "hy": "Օրինակելի վայր, ոչ իրական",
    "az": "Nümunə yer, həqiqi deyil",
    "ar": "مكان للتمثيل، غير حقيقي",
}
_DESCRIPTION = "Sample: a place that stands nowhere. It shows how a picture, a recording and an observation look on the page of a site."
_RATE = 8_000
_BEFORE, _AFTER = 12, 4


def enter_samples(record: Record) -> None:
    """Enter the made-up place, and what belongs to it. The bodies are the same every time, but for the id of the place that they name."""
    names = tuple(Name(text=text, language=language) for language, text in _NAMES.items())
    place = Site(names=names, type="Sample", description=_DESCRIPTION, language="en")
    (site,) = record.append(Draft(place))
    drafts = (_picture(record, site.about), _recording(record, site.about), _observation(record, site.about))
    record.append(*(Draft(body, cites=(site.entry,)) for body in drafts))


def _picture(record: Record, site: str) -> Source:
    """Give a drawing of an arch that stands nowhere, and says so."""
    image = Image.new("RGB", (960, 640), "#e8e2d4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 420, 840, 470), fill="#6b6257")
    draw.arc((280, 220, 680, 660), 180, 360, fill="#6b6257", width=44)
    draw.text((40, 40), "SAMPLE: shows no real place", fill="#1f1d1a", font_size=44)
    return original(
        record,
        _png(image),
        title="Sample picture, shows no real place",
        language="en",
        nature="image",
        file_name="sample-picture.png",
        media_type="image/png",
        captions=(Name(text=f"{SAMPLE}: a drawing of an arch.", language="en"),),
        note=_MADE,
        sites=(site,),
    )


def _recording(record: Record, site: str) -> Source:
    """Give one second of a tone."""
    held = io.BytesIO()
    tone = (round(8_000 * math.sin(math.tau * 440 * i / _RATE)) for i in range(_RATE))
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    return original(
        record,
        held.getvalue(),
        title="Sample recording of a tone, shows no real place",
        language="en",
        nature="audio",
        file_name="sample-recording.wav",
        media_type="audio/x-wav",
        note=_MADE,
        sites=(site,),
    )


def _observation(record: Record, site: str) -> Observation:
    """Give a test of made-up values, twelve before and four after, of which the later ones were made brighter."""
    chance = random.Random(1993)  # noqa: S311 - a sample that is the same every time
    before = [chance.gauss(-9, 0.5) for _ in range(_BEFORE)]
    after = [chance.gauss(-6.5, 0.5) for _ in range(_AFTER)]
    return Observation(
        site=site,
        method="Sample: exact two-sided rank-sum test of made-up values",
        software=f"sample of the example, vestige {vestige.__version__}",
        before=DateWindow(when="between", start="2001-01-01", end="2001-12-31"),
        after=DateWindow(when="between", start="2002-01-01", end="2002-04-30"),
        p_value=_rank_sum(before, after),
        changes=(BandChange(band="sample", decibels=sum(after) / _AFTER - sum(before) / _BEFORE),),
        acquisitions_before=_BEFORE,
        acquisitions_after=_AFTER,
        figures=tuple(record.add_file(_png(_noise(chance, shade))) for shade in (90, 150)),
        findings=(f"{SAMPLE}: the values and the pictures were made by a program, no satellite saw them.",),
    )


def _rank_sum(before: list[float], after: list[float]) -> float:
    """Give the chance that ranks drawn blindly lie as far from the middle as those of ``after`` (Wilcoxon 1945), by counting all draws."""
    ordered = sorted([*before, *after])
    middle = len(after) * (len(ordered) + 1) / 2
    seen = abs(sum(ordered.index(value) + 1 for value in after) - middle)
    draws = [abs(sum(ranks) - middle) for ranks in combinations(range(1, len(ordered) + 1), len(after))]
    return sum(far >= seen for far in draws) / len(draws)


def _noise(chance: random.Random, shade: int) -> Image.Image:
    """Give a field of grains with its name on it."""
    small = Image.new("L", (60, 40))
    small.putdata([min(255, max(0, round(chance.gauss(shade, 25)))) for _ in range(60 * 40)])
    image = small.resize((480, 320), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 480, 40), fill=255)
    draw.text((8, 6), "SAMPLE: shows no real place", fill=0, font_size=24)
    return image


def _png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
