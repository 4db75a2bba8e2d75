"""A study run on the example itself: how many years lie between the worst that is documented of a place and the first better judgement."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from statistics import median

import msgspec

import vestige
from vestige.entries import SCALE, Draft, Finding, Site, Study, StudyFile
from vestige.record import Record


class Span(msgspec.Struct, frozen=True):
    """One place: its worst condition with the last day that its window can mean, and the first better one with its last day."""

    site: str
    name: str
    worst: str
    worst_day: str
    better: str | None = None
    better_day: str | None = None

    @property
    def years(self) -> float | None:
        """Years between the two, to a tenth; None where no better one is documented."""
        if self.better_day is None:
            return None
        return round((_ordinal(self.better_day) - _ordinal(self.worst_day)) / 365.2425, 1)


def enter_study(record: Record) -> None:
    """Study the record as it stands, and enter question, method, result, limits and the table."""
    spans = spans_of(record)
    table = record.add_file(_table(spans))
    record.append(
        Draft(
            Study(
                language="en",
                title="How long from the worst to a better judgement, in this example",
                question="How many years lie between the worst condition documented of a place of this record and the first better one?",
                method="For each place with a known condition: the finding with the worst condition, of several alike the first; then the first later finding whose "
                "worst condition is better. Each window counts by the last day that it can mean. A contested finding counts by the worst in it.",
                result=_result(spans),
                limits="The places were chosen by the authors to show how a record reads: they are a sample of nothing. Conditions are readings of reports, and a "
                "place whose recovery no source of this record tells counts as without one. Nothing is said of why some waited longer.",
                software=f"vestige {vestige.__version__}",
                files=(StudyFile(name="worst-to-better.csv", file=table, media_type="text/csv", description="One row per place"),),
            )
        )
    )  # fmt: skip


def spans_of(record: Record) -> list[Span]:
    """Give a line for each place of a record with a known condition, in the order of its ledger."""
    findings: dict[str, list[Finding]] = {}
    for finding in record.index.findings():
        findings.setdefault(finding.site, []).append(finding)
    found = []
    for entry in record.index.entries("site", current=True):
        known = [one for one in findings.get(entry.about, ()) if one.rank is not None]
        if known and isinstance(entry.body, Site):
            found.append(_span(entry.about, entry.body.names[0].text, known))
    return found


def _span(site: str, name: str, findings: list[Finding]) -> Span:
    findings = sorted(findings, key=_last_day)
    worst = max(findings, key=lambda one: one.rank or 0)  # of several alike the first
    later = findings[findings.index(worst) + 1 :]
    better = next((one for one in later if (one.rank or 0) < (worst.rank or 0)), None)
    first = Span(site, name, SCALE[worst.rank or 0], _last_day(worst))
    return (
        first
        if better is None
        else msgspec.structs.replace(first, better=SCALE[better.rank or 0], better_day=_last_day(better))
    )


def _result(spans: Iterable[Span]) -> str:
    spans = list(spans)
    years = [span.years for span in spans if span.years is not None]
    if not years:
        return f"Of {len(spans)} places none was judged better later."
    return (
        f"Of {len(spans)} places {len(years)} were judged better later: after {min(years)} to {max(years)} years, half of them within "
        f"{median(years):.1f}. Of the other {len(spans) - len(years)} no better judgement stands here."
    )


def _table(spans: Iterable[Span]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(("site", "name", "worst", "worst_last_day", "better", "better_last_day", "years"))
    table.writerows(
        (one.site, one.name, one.worst, one.worst_day, one.better, one.better_day, one.years) for one in spans
    )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _last_day(finding: Finding) -> str:
    return finding.window.bounds()[1].isoformat()


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()
