"""``vestige study``: what war does to cultural heritage, and what peace gives back."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from vestige.cli.study._fetch import fetch
from vestige.cli.study._run import KEPT, Files, Kept, Out, run_study
from vestige.errors import InputError

app = App(
    name="study",
    help="Study peace and culture with open data: danger, exposure, recovery, fires; fetch gets the data.",
    help_format="plaintext",
)
app.command(fetch)


@app.command
def danger(
    *,
    sites: Files,
    violence: Path,
    years: str = "1989-2022",
    out: Out = Path("study-danger"),
    at: Kept = KEPT,
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
    """
    first, last = _years(years)
    return run_study(lambda room: room.danger_study(sites, violence, first=first, last=last), out, at)


@app.command
def exposure(
    *,
    sites: Files,
    events: Files,
    radius: str = "2,5,10,25,50",
    precision: int = 2,
    components: Path | None = None,
    out: Out = Path("study-exposure"),
    at: Kept = KEPT,
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
    """
    radii = _radii(radius)
    if not 1 <= precision <= 7:
        raise InputError(f"where_prec runs from 1 to 7, got {precision}", where="--precision")
    return run_study(
        lambda room: room.exposure_study(sites, events, radii=radii, precision=precision, components=components),
        out,
        at,
    )


@app.command
def recovery(
    *,
    sites: Files | None = None,
    terminations: Path | None = None,
    violence: Path | None = None,
    reasons: Path | None = None,
    out: Out = Path("study-recovery"),
    at: Kept = KEPT,
) -> int:
    """Follow places from the end of fighting to removal from the List in Danger, and from harm to restoration.

    Example: vestige study recovery --sites whc-2021.csv whc-2023.csv --terminations ucdp-term.csv --violence ucdp-cy.csv --out DIR

    Example: vestige study recovery --record heritage

    Parameters
    ----------
    sites
        World Heritage List exports of UNESCO, one or more years.
    terminations
        The UCDP conflict terminations file, dyads.
    violence
        The UCDP country-year file.
    reasons
        Why properties were listed (`id_no listed reason says source`), instead of the table of this package.
    out
        Folder for tables, figures, report and manifest.
    """
    return run_study(
        lambda room: room.recovery_study(
            sites=sites or [], terminations=terminations, violence=violence, record=at.record, reasons=reasons
        ),
        out,
        at,
    )


@app.command
def fires(
    *,
    sites: Files,
    fires: Files,
    start: Annotated[dt.date | None, Parameter(name="--from")] = None,
    end: Annotated[dt.date | None, Parameter(name="--to")] = None,
    radius: str = "1,2,5,10",
    out: Out = Path("study-fires"),
    at: Kept = KEPT,
) -> int:
    """Find thermal anomalies near sites: leads, compared with the same days a year earlier.

    Example: vestige study fires --sites sites.csv --fires modis-2021.csv modis-2022.csv --from 2022-02-24 --to 2022-05-31

    Parameters
    ----------
    sites
        World Heritage List exports, or a register with columns name, latitude, longitude (and id).
    fires
        NASA FIRMS active fires, standard product, of the year studied and of the year before.
    start
        First day; default: the first that both years have.
    end
        Last day; default: the last that both years have.
    radius
        Radii in kilometres, with commas; the half-pixel footprint comes first in any case.
    out
        Folder for tables, figures, report and manifest.
    """
    radii = _radii(radius)
    if (start is None) != (end is None):
        raise InputError("--from and --to go together", where="--from" if end is None else "--to")
    window = (start, end) if start is not None and end is not None else None
    if window and window[0] > window[1]:
        raise InputError(f"the first day {start} is after the last {end}", where="--from")
    return run_study(lambda room: room.fires_study(sites, fires, window=window, radii=radii), out, at)


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
