"""``vestige assess``: one assessor's judgement of one site."""

from pathlib import Path

from vestige.cli._console import out, print_json


def assess(
    site: str,
    *,
    assessor: str,
    organisation: str | None = None,
    condition: str | None = None,
    original: str | None = None,
    on: str | None = None,
    between: str | None = None,
    before: str | None = None,
    extent: str | None = None,
    disturbance: tuple[str, ...] = (),
    trend: str | None = None,
    method: str | None = None,
    evidence: tuple[str, ...] = (),
    note: str | None = None,
    withheld: bool = False,
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Enter what one assessor judged the state of one site to be, in EAMENA's terms.

    Nothing here names who did it: that is for statements.

    Example: vestige assess whc:946 --assessor "Ana Example" --on 1993-11-09 --condition Destroyed
    --disturbance "Military/Armed Conflict > Explosion/Heavy Weaponry:High > Collapse/Structural Damage:Definite"

    Parameters
    ----------
    site
        The site: id, whc:946, or name.
    assessor
        Who judged.
    organisation
        For whom.
    condition
        Destroyed, Very Bad, Poor, Fair, Good or Unknown; may be left out when --original is mapped.
    original
        The grade in the assessor's own scale, SCHEME:GRADE: unosat:Destroyed, "ems98:Grade 4", "unesco:severely damaged".
    on
        The date of the state: 2015, 2015-08 or 2015-08-31.
    between
        The dates between which it was so: 2015-08-27/2015-08-31.
    before
        The date before which it was so.
    extent
        How much is damaged, such as 31-60%.
    disturbance
        What disturbed it: "CATEGORY > CAUSE[:CERTAINTY] > EFFECT[:CERTAINTY], EFFECT". May be given several times.
    trend
        How it changes, such as Stable, New, or Decreasing.
    method
        How it was assessed, such as "Field-based Assessment".
    evidence
        Entries that it rests on: hash, id, or the title of a source. May be given several times.
    note
        A note of the assessor.
    withheld
        Keep it from the public.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    json
        Print the receipt as JSON.
    """
    from vestige.capture import optional_window, read_disturbance, read_grade, read_term
    from vestige.cli._lookup import find_evidence, find_site, record_folder
    from vestige.entries import Assessment, Assessor, Draft
    from vestige.errors import InputError
    from vestige.record import Record

    window = optional_window(on=on, between=between, before=before)
    if window is None:
        raise InputError("expected the date of the state, got none", hint="give --on, --between or --before")
    grade, state = read_grade(original, condition)
    with Record.open(record_folder(record), key=key, withheld=True) as opened:
        place = find_site(opened, site)
        cited = tuple(find_evidence(opened, text).hash for text in evidence)
        body = Assessment(
            site=place.about,
            assessor=Assessor(name=assessor, organisation=organisation),
            window=window,
            condition=state,
            original=grade,
            extent=read_term("extent", extent) if extent else None,
            disturbances=tuple(map(read_disturbance, disturbance)),
            trend=read_term("trend", trend) if trend else None,
            method=read_term("assessment_type", method) if method else None,
            evidence=cited,
            note=note,
        )
        draft = Draft(body, cites=(place.hash, *cited), visibility="withheld" if withheld else "public")
        (receipt,) = opened.append(draft)
        findings = [
            finding for finding in opened.index.findings(place.about) if finding.window.bounds() == window.bounds()
        ]
    if json:
        print_json({"receipt": receipt, "assessment": body, "findings": findings})
        return 0
    out.print(f"entered: {receipt.about}, {body.condition}, by {assessor}")
    for finding in findings:
        out.print(f"  for this window the site is now {finding.state}: {', '.join(finding.conditions)}")
    return 0
