"""The options of ``vestige observe --catalog``: checked, and turned into what the room of observing asks for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from vestige.errors import InputError

if TYPE_CHECKING:
    from vestige.keeping.observations import Asked
    from vestige.observing.scenes import ReaderSettings


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class CatalogOptions:
    """Scenes from a catalogue."""

    catalog: str | None = None
    """A STAC API, a static STAC catalogue, or a file of items (.json, .ndjson, .parquet)."""

    collection: str | None = None
    """The collection to take from it, such as sentinel-1-rtc."""

    sites: Path | None = None
    """GeoJSON with a point, or an area, a site."""

    bands: str = "vv,vh"
    """Bands by the names of their assets, joined by commas."""

    pixels: int = 3
    """Side of the window that is tested, in pixels."""

    chip: int = 33
    """Side of the window that is read and shown, in pixels."""

    around: bool | None = None
    """Take weather from the rest of each chip, as is done wherever the chip has room: what the whole chip shares is then no change of
    the site. --no-around leaves it in, for a change that is larger than the chip."""

    sign_in: str | None = None
    """none, planetary, earth-search, cdse or earthdata; by default what the catalogue's host calls for."""

    executor: str = "threads"
    """threads, processes:N, or the address of a Dask scheduler (tls://host:8786; tcp:// on this machine only)."""

    connections: int = 64
    """Requests under way at once."""

    cache: Path | None = None
    """Folder for headers, tiles and finished chips; by default in the user's cache folder."""

    figures: Path | None = None
    """A folder for pictures: before and after, and the time line, of each site."""

    record: Path | None = None
    """Enter each result into this record with its evidence; without --sites, its sites are observed."""

    key: Path | None = None
    """The private key to sign with."""

    recheck: str | None = None
    """An observation of the record (hash or id): read its evidence again, test again, and say whether it is equal."""

    plan: bool = False
    """Say what would be read, and read no pixel."""

    allow_private: Annotated[bool, Parameter(negative="")] = False
    """Let addresses lead to this machine or its network: for servers of your own."""


def check_options(options: CatalogOptions) -> None:
    """Refuse options that cannot be meant, before anything is asked of anyone. Raises `InputError`."""
    from vestige.observing.scenes import make_executor

    make_executor(options.executor)
    bands_of(options)
    if not 1 <= options.pixels <= options.chip <= 512:
        raise InputError(
            f"expected 1 <= pixels <= chip <= 512, got --pixels {options.pixels} --chip {options.chip}",
            hint="the tested window lies in the middle of the chip",
        )
    if options.around and not has_room(options):
        raise InputError(
            f"--around needs a chip of at least {5 * options.pixels} pixels, got {options.chip}",
            hint="a margin as wide as the tested window is left out on each side",
        )
    if not 1 <= options.connections <= 1024:
        raise InputError(f"expected 1 to 1024 connections, got {options.connections}", where="--connections")


def has_room(options: CatalogOptions) -> bool:
    """Whether the chip has surroundings beside the tested window and its margin."""
    return options.chip >= 5 * options.pixels


def takes_controls(options: CatalogOptions) -> bool:
    """Whether the surroundings of each site are its control: where there is room, unless told otherwise."""
    return has_room(options) if options.around is None else options.around


def bands_of(options: CatalogOptions) -> tuple[str, ...]:
    """Give the band names. Raises `InputError` where there is none or one stands twice."""
    bands = tuple(band.strip() for band in options.bands.split(",") if band.strip())
    if not bands or len({band.lower() for band in bands}) != len(bands):
        raise InputError(f"expected band names, each once, got {options.bands!r}", where="--bands")
    return bands


def reader_settings(options: CatalogOptions) -> "ReaderSettings":
    """Give the settings of every reader of this run."""
    from vestige.observing.scenes import ReaderSettings, default_cache, is_local, make_signer, signer_name

    catalog = options.catalog or ""
    signer = options.sign_in or signer_name(catalog)
    make_signer(signer)
    return ReaderSettings(
        cache=str(options.cache or default_cache()),
        connections=options.connections,
        signer=signer,
        allow_private=options.allow_private,
        allow_local=is_local(catalog),
    )


def asked(options: CatalogOptions) -> "Asked":
    """Give how scenes were asked for, as an observation says it."""
    from vestige.keeping.observations import Asked

    return Asked(
        catalog=options.catalog or "",
        sign_in=reader_settings(options).signer,
        collection=options.collection or "",
        bands=options.bands,
        pixels=options.pixels,
        around=options.chip if takes_controls(options) else 0,
    )
