"""A record of made-up things for the browser to look at: every kind of entry, several scripts, sensitive and contested sites.

Names are plain placeholders in several scripts; nobody and nothing real is meant.
"""

import datetime as dt
import io
from pathlib import Path

import numpy as np
from PIL import Image
from tests.kinds.examples import EXAMPLES, World

from vestige.entries import (
    BLANK_KEYS,
    Actor,
    Assessment,
    Assessor,
    BandChange,
    DateWindow,
    Disturbance,
    Draft,
    Effect,
    Location,
    Name,
    Observation,
    Policy,
    Scene,
    Site,
    Source,
    Span,
    Speaker,
    Statement,
    Study,
    StudyFile,
)
from vestige.publishing.acts import ALL
from vestige.record import Receipt, Record

LANGUAGES = ("en", "fr", "az", "hy", "ar", "ru", "uk")
SITES = 130
WORDS = {
    "en": "Test site",
    "az": "Sınaq yeri İ",
    "hy": "Փորձնական վայր",
    "ar": "موقع اختبار",
    "ru": "Пробное место",
    "uk": "Пробне місце",
}
TYPES = ("Church", "Mosque", "Bridge", "Museum", "Archaeological site")
COUNTRIES = ("AM", "AZ", "GE", "UA", "SY")
CONDITIONS = ("Good", "Fair", "Poor", "Very Bad", "Destroyed")
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><path stroke="#357" d="M0 60h200V20h100"/></svg>'
)
TEXT = "The first speaker said that the roof of the test site had been damaged. The second speaker denied it.\n"


def make_record(path: Path, languages: tuple[str, ...] = LANGUAGES, count: int = SITES, judged: int = 0) -> Record:
    """Make the record, with so many more assessments of its last site; the caller closes it."""
    record = Record.create(path, "Test record", origin="example.org/test-record", policy=_policy(languages))
    sites = record.append(*(Draft(_site(number)) for number in range(count)))
    sites = [receipt for receipt in sites if receipt.about.startswith("site:")]
    _assess(record, sites)
    _state(record, sites)
    _observe(record, sites[0])
    _study(record)
    record.append(
        *(_assessment(sites[-1], number, f"Assessor {number}", CONDITIONS[number % 5]) for number in range(judged))
    )
    mistake = record.append(Draft(Actor(names=(Name(text="Entered by mistake"),), type="organisation")))[0]
    record.withdraw(mistake.entry, "entered by mistake")
    return record


def enter_acts(record: Record) -> None:
    """Enter one act of each kind, about the first site, speaker, source and statement of the record."""
    world = World(record)
    for kind in ("site", "actor", "source", "statement"):
        world.ids[kind] = next(record.index.entries(kind, current=True)).about
    for kind in (act for act in EXAMPLES if act in {one.name for one in ALL}):
        world.bodies[kind] = world.body(kind)
        receipt = record.append(Draft(world.bodies[kind]))[0]
        world.ids[kind], world.entries[kind] = receipt.about, receipt.entry
        if kind == "draw":  # it is withheld until it is opened
            record.open_entry(receipt.entry)


def _policy(languages: tuple[str, ...]) -> Policy:
    return Policy(
        name="-", origin="-", keys=BLANK_KEYS, languages=languages, region=COUNTRIES, licence="CC BY 4.0",
        balance="Made-up sites, the same number for every country.", limits="Nothing here is real.",
    )  # fmt: skip


def _site(number: int) -> Site:
    """Sites on a grid of half degrees, one in nine sensitive, each in four scripts, one without a place."""
    names = tuple(Name(text=f"{word} {number}", language=language) for language, word in WORDS.items())
    row, column = divmod(number, 12)
    location = None if number == 7 else Location(latitude=38.03 + row * 0.41, longitude=43.07 + column * 0.53)
    return Site(
        names=names,
        location=location,
        sensitivity="sensitive" if number % 9 == 4 else "open",
        type=TYPES[number % len(TYPES)],
        countries=(COUNTRIES[number % len(COUNTRIES)],),
        description="A place made up for a test." if number == 0 else None,
    )


def _window(number: int) -> DateWindow:
    day = dt.date(2022, 1, 3) + dt.timedelta(days=5 * number)
    return DateWindow(when="between", start=day.isoformat(), end=(day + dt.timedelta(days=20)).isoformat())


def _assessment(site: Receipt, number: int, assessor: str, condition: str) -> Draft:
    cause = Disturbance(
        cause_category="Military/Armed Conflict",
        cause_type="Explosion/Heavy Weaponry",
        cause_certainty="Definite",
        effects=(Effect(type="Collapse/Structural Damage", certainty="Definite"),),
    )
    body = Assessment(
        site=site.about,
        assessor=Assessor(name=assessor),
        window=_window(number),
        condition=condition,
        disturbances=(cause,) if condition in CONDITIONS[2:] and cause else (),
    )
    return Draft(body, cites=(site.entry,))


def _assess(record: Record, sites: list[Receipt]) -> None:
    drafts = []
    for number, site in enumerate(sites[:90]):
        condition = CONDITIONS[number % 5]
        drafts.append(_assessment(site, number, "First assessor", condition))
        if number % 3 == 0:
            second = condition if number % 6 else CONDITIONS[(number + 2) % 5]
            drafts.append(_assessment(site, number, "Second assessor", second))
    record.append(*drafts)


def _state(record: Record, sites: list[Receipt]) -> None:
    file = record.add_file(TEXT.encode())
    source = record.append(
        Draft(
            Source(
                title="Test source", publisher="Test publisher", file=file, file_name="source.txt", media_type="text/plain",
                size=len(TEXT.encode()), language="en", published="2022-03-04", captured="2022-03-05T06:07:08Z",
            )
        )
    )[0]  # fmt: skip
    actor = record.append(Draft(Actor(names=(Name(text="First speaker", language="en"),), type="person")))[0]
    said = {
        "that the roof of the test site had been damaged": ("First speaker", "said", actor.about),
        "it": ("Second speaker", "denied", None),
    }
    for content, (name, cue, about) in said.items():
        start = TEXT.rindex(content)
        record.append(
            Draft(
                Statement(
                    source=source.about, content=content, manner="indirect", cue=cue, status="confirmed", file=file, language="en",
                    speaker=Speaker(name=name, actor=about), spans=(Span(start=start, end=start + len(content)),),
                    sites=(sites[0].about,),
                ),
                cites=(source.entry,),
            )
        )  # fmt: skip


def _picture(step: float) -> bytes:
    """A synthetic picture of backscatter, with a brighter square after a step."""
    noise = np.random.default_rng(7).gamma(4, 20, (240, 360))
    noise[80:160, 120:240] *= step
    data = io.BytesIO()
    Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8)).save(data, format="PNG")
    return data.getvalue()


def _observe(record: Record, site: Receipt) -> None:
    pictures = (_picture(step) for step in (1.0, 2.2))
    figures = tuple(record.add_file(data) for data in (b"\x1f\x8b what was read", DRAWING, *pictures))
    body = Observation(
        site=site.about, method="step test", software="vestige", figures=figures,
        before=DateWindow(when="between", start="2022-01-01", end="2022-03-01"),
        after=DateWindow(when="between", start="2022-03-02", end="2022-04-01"),
        orbit="ascending 44", p_value=0.004, q_value=0.02, changes=(BandChange(band="VV", decibels=3.4),),
        last_unchanged="2022-02-27T03:00:00Z", first_changed="2022-03-11T03:00:00Z",
        acquisitions_before=12, acquisitions_after=4, scenes=(Scene(id="MADE-UP-SCENE-1"),),
    )  # fmt: skip
    record.append(Draft(body, cites=(site.entry,)))


def _study(record: Record) -> None:
    table = record.add_file(b"site,value\n1,2\n")
    body = Study(
        title="Test study", question="Does it show?", method="Looking.", result="It shows.", limits="It is a test.", software="vestige",
        files=(StudyFile(name="table.csv", file=table, media_type="text/csv"),),
    )  # fmt: skip
    record.append(Draft(body))
