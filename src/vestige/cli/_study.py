"""``vestige study``: what war does to cultural heritage, and what peace gives back."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from vestige.cli._console import err, out, print_json
from vestige.errors import InputError, MissingExtraError

app = App(
    name="study",
    help="Study peace and culture with open data: danger, exposure, recovery, fires; fetch gets the data.",
    help_format="plaintext",
)

Files = Annotated[list[Path], Parameter(consume_multiple=True, negative=())]
Out = Annotated[Path, Parameter(name="--out")]
Json = Annotated[bool, Parameter(name="--json", negative=())]


def _rooms() -> Any:
    try:
        from vestige import studying
    except ModuleNotFoundError as error:
        raise MissingExtraError("studying", error.name or "pandas") from error
    return studying


@app.command
def danger(
    *, sites: Files, violence: Path, years: str = "1989-2022", out: Out = Path("study-danger"), json: Json = False
) -> int:
    """Count listings in danger and removals by deaths in organized violence.

    Example: vestige study danger --sites whc-2019.csv whc-2021.csv whc-2023.csv --violence ucdp-country-year.csv --out DIR

    Parameters
    ----------
    sites
        World Heritage List exports of UNESCO, one or more years; they are joined.
    violence
        The UCDP country-year file.
    years
        First and last year of the panel.
    out
        Folder for tables, figures, report and manifest.
    json
        Print the manifest as JSON.
    """
    first, last = _years(years)
    return _done(lambda room: room.danger_study(sites, violence, first=first, last=last), out, json=json)


@app.command
def exposure(
    *,
    sites: Files,
    events: Files,
    radius: str = "2,5,10,25,50",
    precision: int = 2,
    components: Path | None = None,
    out: Out = Path("study-exposure"),
    json: Json = False,
) -> int:
    """Count events of organized violence near each site, by distance and year.

    Example: vestige study exposure --sites whc-2023.csv --events ged.csv --radius 2,5,10,25,50 --out DIR

    Parameters
    ----------
    sites
        World Heritage List exports, or a register with columns name, latitude, longitude (and id).
    events
        UCDP GED as CSV, as HDX publishes it, or as an R data file; several are joined.
    radius
        Radii in kilometres, with commas.
    precision
        Largest where_prec that is used: 1 the place itself, 2 within about 25 km.
    components
        CSV of serial properties' components: id_no, component, latitude, longitude.
    out
        Folder for tables, figures, report and manifest.
    json
        Print the manifest as JSON.
    """
    radii = _radii(radius)
    if not 1 <= precision <= 7:
        raise InputError(f"where_prec runs from 1 to 7, got {precision}", where="--precision")
    return _done(
        lambda room: room.exposure_study(sites, events, radii=radii, precision=precision, components=components),
        out,
        json=json,
    )


def _done(make: Callable[[Any], Any], folder: Path, *, json: bool) -> int:
    room = _rooms()
    with err.status("studying") if err.is_terminal else _Quiet():
        study = make(room)
        manifest = room.write_study(study, folder)
    if json:
        print_json(manifest)
        return 0
    out.print(study.title)
    for finding in study.findings:
        out.print(f"- {finding}")
    for dropped in study.dropped:
        out.print(f"left out: {dropped.count:,} {dropped.what}: {dropped.why}")
    out.print(f"written: {folder / 'report.html'}, report.pdf and {len(manifest['outputs']) - 2} more, manifest.json")
    return 0


class _Quiet:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and len(first) == len(last) == 4):
        raise InputError(f"expected years as 1989-2022, got {text!r}", where="--years")
    return int(first), int(last)


def _radii(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"expected kilometres as 2,5,10, got {text!r}", where="--radius") from error
