"""Assessments of a table, row by row: the site found as everywhere, what stands already passed over, every other row named."""

from typing import NamedTuple

import msgspec

from vestige.capture import AssessmentTable, JudgedRow, Refusal
from vestige.entries import Assessment, Draft, encode_body
from vestige.errors import InputError
from vestige.keeping.adding._alike import AlikeError, require_other_assessment
from vestige.keeping.finding import find_evidence, find_site
from vestige.record import Entry, Record, fold

_BATCH = 500


class AssessmentPlan(NamedTuple):
    """What a table would enter: its drafts, how many judgements stand already, and every row that is refused, in file order."""

    drafts: tuple[Draft, ...]
    same: int
    refused: tuple[Refusal, ...]


def plan_assessments(
    record: Record, table: AssessmentTable, *, withheld: bool = False, beside: bool = False
) -> AssessmentPlan:
    """Compare a table with a record. A judgement of the same window by the same assessor is refused unless it is to stand ``beside``."""
    drafts: list[Draft] = []
    refused = list(table.refused)
    sites: dict[str, Entry] = {}
    seen: set[tuple[object, ...]] = set()
    same = 0
    for row in table.read:
        try:
            place = sites.get(row.site) or sites.setdefault(row.site, find_site(record, row.site))
            body = _body(record, row, place)
            if any(entry.body == body for entry in record.index.of_site(place.about, "assessment")):
                same += 1
                continue
            if not beside:
                _require_other(record, body, seen)
        except InputError as error:
            hint = f"; {error.hint}" if error.hint and not isinstance(error, AlikeError) else ""
            refused.append(Refusal(row.line, f"{error.message}{hint}", row.site[:80]))
            continue
        visibility = "withheld" if withheld else "public"
        drafts.append(Draft(body, cites=(place.hash, *body.evidence), visibility=visibility))
    return AssessmentPlan(tuple(drafts), same, tuple(sorted(refused)))


def enter_planned(record: Record, plan: AssessmentPlan) -> int:
    """Enter what was planned, and give how many."""
    record.signing_key()
    for start in range(0, len(plan.drafts), _BATCH):
        record.append(*plan.drafts[start : start + _BATCH])
    return len(plan.drafts)


def _body(record: Record, row: JudgedRow, place: Entry) -> Assessment:
    """Give the judgement with its site and evidence. Raises InputError where a field is beyond its limits or evidence is not found."""
    evidence = tuple(find_evidence(record, text).hash for text in row.evidence)
    body = msgspec.structs.replace(row.body, site=place.about, evidence=evidence)
    encode_body(body)
    return body


def _require_other(record: Record, body: Assessment, seen: set[tuple[object, ...]]) -> None:
    """Raise AlikeError where the record, or an earlier row, holds a judgement of the same window by the same assessor."""
    require_other_assessment(record, body)
    judged = (body.site, fold(body.assessor.name), body.window.bounds())
    if judged in seen:
        raise AlikeError("an earlier row holds this assessor's judgement of the same site and window")
    seen.add(judged)
