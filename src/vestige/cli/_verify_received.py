"""`vestige verify FILE`: the bundle of an appeal, or a document of one, checked by whoever received it."""

from pathlib import Path
from typing import TYPE_CHECKING

from vestige.cli._console import out, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from vestige.appealing.proving import LetterReport
    from vestige.record import Report

    Show = Callable[[str, Report], None]


def verify_received(path: Path, show: "Show", *, record: str | None, key: str | None, json: bool) -> int:
    """Check a bundle or a document and print what was found; exit code 1 when something is not as it should be."""
    from vestige.appealing.proving import is_bundle, verify_bundle, verify_letter

    if path.suffix.casefold() == ".zip" or is_bundle(path):
        report = verify_bundle(path, key=key)
        if json:
            print_json({"unchanged": report.unchanged, "report": report})
        else:
            show(str(path), report)
        return 0 if report.unchanged else 1
    letter = verify_letter(path, record=record, key=key)
    if json:
        print_json({"holds": letter.holds, "report": letter})
    else:
        _print_letter(path, letter, show)
    return 0 if letter.holds else 1


def _print_letter(path: Path, letter: "LetterReport", show: "Show") -> None:
    for one in letter.carried:
        sample = " (an example)" if one.sample else ""
        out.print(
            f"{path}: {one.name} ({one.status}) of {one.appeal}{sample} “{one.title}”: entry {one.index}, {one.entry}, signed {one.made}"
        )
    if letter.looked and not letter.carried:
        out.print(
            f"{path}: not this file: no appeal of {letter.looked} carries its SHA-256 {letter.sha256}. "
            "A file that another program has saved anew is another file."
        )
    if letter.evidence:
        show(f"{path}: the evidence within it", letter.evidence)
    elif not letter.looked:
        out.print(f"{path}: nothing to check: it carries no evidence. Name the record in which to look: --record")
