"""One assessor's judgement of one site, entered by hand."""

import msgspec

from vestige.capture import optional_window, read_disturbance, read_grade, read_term
from vestige.entries import Assessment, Assessor, Draft, Finding
from vestige.errors import InputError
from vestige.keeping.adding._alike import require_other_assessment
from vestige.keeping.finding import find_evidence, find_site
from vestige.record import Receipt, Record


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What an assessor judged, as typed: in EAMENA's terms, windows and disturbances in the short notations."""

    assessor: str
    organisation: str | None = None
    condition: str | None = None
    original: str | None = None
    on: str | None = None
    between: str | None = None
    before: str | None = None
    extent: str | None = None
    disturbance: tuple[str, ...] = ()
    trend: str | None = None
    method: str | None = None
    evidence: tuple[str, ...] = ()
    note: str | None = None


def assessment_body(record: Record, site: str, judged: Judged) -> Assessment:
    """Read a judgement. Raises `InputError` where a term is none of EAMENA's, or the site or the evidence is not found."""
    window = optional_window(on=judged.on, between=judged.between, before=judged.before)
    if window is None:
        raise InputError("expected the date of the state, got none", hint="give --on, --between or --before")
    grade, state = read_grade(judged.original, judged.condition)
    return Assessment(
        site=find_site(record, site).about,
        assessor=Assessor(name=judged.assessor, organisation=judged.organisation),
        window=window,
        condition=state,
        original=grade,
        extent=read_term("extent", judged.extent) if judged.extent else None,
        disturbances=tuple(map(read_disturbance, judged.disturbance)),
        trend=read_term("trend", judged.trend) if judged.trend else None,
        method=read_term("assessment_type", judged.method) if judged.method else None,
        evidence=tuple(find_evidence(record, text).hash for text in judged.evidence),
        note=judged.note,
    )


def enter_assessment(
    record: Record, body: Assessment, *, withheld: bool = False, beside: bool = False
) -> tuple[Receipt, list[Finding]]:
    """Enter a judgement, and give the receipt and the findings of its site in which it counts.

    Raises AlikeError where the same assessor judged the same window, unless it is to stand ``beside`` that one.
    """
    record.signing_key()
    if not beside:
        require_other_assessment(record, body)
    place = find_site(record, body.site)
    visibility = "withheld" if withheld else "public"
    (receipt,) = record.append(Draft(body, cites=(place.hash, *body.evidence), visibility=visibility))
    findings = record.index.findings(body.site)
    return receipt, [found for found in findings if any(receipt.entry in given for given in found.conditions.values())]
