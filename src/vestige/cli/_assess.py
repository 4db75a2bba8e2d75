"""``vestige assess``: one assessor's judgement of one site."""

from vestige.cli._beside import entered
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.keeping.adding import Judged, assessment_body, enter_assessment
from vestige.keeping.finding import find_site, title_of


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
    yes: bool = False,
    at: ToRecord = WRITE,
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
    yes
        Enter it beside a judgement of the same window by the same assessor, without asking.
    """
    judged = Judged(
        assessor=assessor,
        organisation=organisation,
        condition=condition,
        original=original,
        on=on,
        between=between,
        before=before,
        extent=extent,
        disturbance=disturbance,
        trend=trend,
        method=method,
        evidence=evidence,
        note=note,
    )
    with at.open() as record:
        body = assessment_body(record, site, judged)
        receipt, findings = entered(
            lambda beside: enter_assessment(record, body, withheld=withheld, beside=beside), yes=yes
        )
        name = title_of(find_site(record, body.site))
    if at.json:
        print_json({"receipt": receipt, "assessment": body, "findings": findings})
        return 0
    out.print(f"entered: {receipt.about}, {body.condition}, by {assessor}")
    out.print(f"  of {body.site} {name}")
    for finding in findings:
        signed = (
            f" ({finding.persons} of {finding.required} persons by their keys)" if finding.state == "single" else ""
        )
        out.print(f"  for this window the site is now {finding.state}{signed}: {', '.join(finding.conditions)}")
    return 0
