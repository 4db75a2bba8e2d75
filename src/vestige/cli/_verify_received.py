"""`vestige verify FILE`: a receipt, the bundle of an appeal, or a document of one, checked by whoever received it."""

from pathlib import Path
from typing import TYPE_CHECKING

from vestige.cli._console import out, print_json
from vestige.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vestige.appealing.proving import LetterReport
    from vestige.record import Report

    Show = Callable[[str, Report], None]


def verify_received(
    path: Path, show: "Show", *, record: str | None, keys: "Sequence[str]", known: bool, json: bool
) -> int:
    """Check a receipt, a bundle or a document and print what was found; exit code 1 when something is not as it should be."""
    from vestige.record import is_receipt

    with path.open("rb") as file:
        head = file.read(64)
    if is_receipt(head):
        return _verify_receipt(path, keys, known=known, json=json)
    from vestige.appealing.proving import is_bundle, verify_bundle, verify_letter

    key = next(iter(keys), None)
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


def _verify_receipt(path: Path, keys: "Sequence[str]", *, known: bool, json: bool) -> int:
    from vestige.cli.holding._receipt import print_receipt
    from vestige.ledger import parse_vkey
    from vestige.record import LARGEST_RECEIPT, check_receipt, recall_all

    if path.stat().st_size > LARGEST_RECEIPT:
        raise InputError(f"expected a receipt of at most {LARGEST_RECEIPT:,} bytes", where=str(path))
    content, place = path.read_bytes(), None
    report = check_receipt(content, str(path), [parse_vkey(key) for key in keys])
    for one in recall_all() if known and not keys else ():
        again = check_receipt(content, str(path), [parse_vkey(key) for key in one.vkeys])
        if again.keys:
            report, place = again, one.place
            break
    if json:
        print_json({"holds": report.holds, "key_known_from": place, "report": report})
        return 0 if report.holds else 1
    print_receipt(path, report)
    if place:
        out.print(f"  the key is the one that you know from {place}")
    return 0 if report.holds else 1


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
