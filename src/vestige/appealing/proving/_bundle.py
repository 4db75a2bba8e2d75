"""The evidence bundle: one ZIP that is a BagIt bag (RFC 8493) and an RO-Crate, with all that is needed to check an appeal without asking anybody.

::

    bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
    data/README.txt                      how to check it, in the appeal's language
    data/ro-crate-metadata.json
    data/letter/…                        the documents
    data/entries/000041-0f3a….tlog-proof each cited entry and policy: envelope, salt, body, proof
    data/checkpoint                      the signed note that every proof leads to
    data/files/…                         preserved files that may be handed on, by their SHA-256
    data/withheld.json                   what is not in it, and why
    data/vestige-check.html              the checker in one file, where this installation holds it

The bytes depend on the record and the appeal alone.
"""

import hashlib
import importlib.resources
from collections.abc import Mapping
from typing import Final

import msgspec

from vestige.appealing._composed import Composed, HeldFile
from vestige.appealing.documents._legible import one_line
from vestige.appealing.documents._words import words
from vestige.appealing.documents._zip import zipped
from vestige.appealing.proving._crate import METADATA, crate_metadata
from vestige.appealing.proving._evidence import Evidence
from vestige.archive import ArchiveError
from vestige.ledger import leaf_hash
from vestige.positions import tells_place
from vestige.record import RecordReader, write_receipt

LARGEST: Final = 50_000_000
CHECKER: Final = "vestige-check.html"


class LeftOut(msgspec.Struct, frozen=True):
    """Something that a bundle does not hold: the hash of an entry or file, and why."""

    name: str
    what: str
    reason: str


def write_bundle(
    composed: Composed,
    documents: Mapping[str, bytes],
    evidence: Evidence,
    record: RecordReader,
    *,
    largest: int = LARGEST,
    appended: bool = False,
) -> bytes:
    """Give the bundle of an appeal with its documents by name.

    Preserved files go in smallest first while the whole stays below ``largest`` bytes; what does not fit, and what tells or may tell where it
    was made, is left out and named in it. ``appended`` tells that the evidence holds the appeal's own entry.
    """
    payload = {f"letter/{name}": content for name, content in documents.items()}
    payload |= _receipts(evidence)
    payload["checkpoint"] = evidence.checkpoint.encode()
    checker = shipped_checker()
    if checker:
        payload[CHECKER] = checker
    files, left_out = _files(composed, record, largest - sum(map(len, payload.values())) - 100_000, largest)
    payload |= files
    payload["withheld.json"] = _withheld(composed, left_out)
    payload["README.txt"] = _readme(composed, evidence, left_out, checker=bool(checker), appended=appended)
    payload[METADATA] = crate_metadata(composed, {path: len(payload[path]) for path in sorted(payload)}, {})
    return zipped(_bagged(payload, composed))


def _receipts(evidence: Evidence) -> dict[str, bytes]:
    return {
        f"entries/{one.index:06d}-{leaf_hash(one.leaf).hex()[:16]}.tlog-proof": write_receipt(one, evidence.checkpoint)
        for one in evidence.entries
    }


def _files(composed: Composed, record: RecordReader, room: int, largest: int) -> tuple[dict[str, bytes], list[LeftOut]]:
    """Give the preserved files that fit, and those that are left out with the reason."""
    held: dict[str, bytes] = {}
    left_out: list[LeftOut] = []
    label = words(composed.language)
    too_large = label["readme_left_out"].format(size=_megabytes(largest))
    for one in sorted({one.file: one for one in composed.files}.values(), key=lambda one: (one.size or 0, one.file)):
        if not one.public:
            continue
        if not record.files.exists(one.file):  # withheld meanwhile, or withdrawn: only what is public may leave
            continue
        if record.files.size(one.file) > room:
            left_out.append(LeftOut(one.file, "file", too_large))
            continue
        try:
            with record.files.open(one.file) as file:
                if tells_place(file):  # what a publication keeps back does not leave in a letter either (docs/adr/0131)
                    left_out.append(LeftOut(one.file, "file", label["readme_tells_place"]))
                    continue
            content = record.files.read(one.file)
        except ArchiveError as error:
            left_out.append(LeftOut(one.file, "file", error.message))
            continue
        room -= len(content)
        held[f"files/{one.file}{_ending(one)}"] = content
    return held, left_out


def _ending(one: HeldFile) -> str:
    """Give the ending of a file by its media type, so that a reader's system knows it; a name of others is not trusted."""
    known = {"application/pdf", "text/plain", "text/html", "image/jpeg", "image/png", "application/json", "text/csv"}
    short = {"text/plain": ".txt", "image/jpeg": ".jpg"}
    return short.get(one.media_type, "." + one.media_type.rpartition("/")[2]) if one.media_type in known else ""


def _withheld(composed: Composed, left_out: list[LeftOut]) -> bytes:
    listed = [*(LeftOut(one.name, one.what, one.reason) for one in composed.withheld), *left_out]
    listed += [LeftOut(one.file, "file", "not public") for one in composed.files if not one.public]
    return msgspec.json.format(msgspec.json.encode({"withheld": listed}), indent=1) + b"\n"


def _readme(composed: Composed, evidence: Evidence, left_out: list[LeftOut], *, checker: bool, appended: bool) -> bytes:
    label = words(composed.language)
    missing = len(composed.withheld) + len(left_out) + sum(not one.public for one in composed.files)
    lines = [
        f"{label['readme_title']}: {one_line(composed.title)}",
        one_line(composed.footer),
        "",
        label["readme_intro"],
        *(() if appended else (label["readme_draft"],)),
        "",
        f"{label['readme_contents']}:",
        f"  letter/ — {label['readme_letter']}",
        f"  entries/ — {label['readme_entries']}",
        f"  checkpoint — {label['readme_ledger']}",
        f"  files/ — {label['readme_files']}",
        f"  withheld.json — {label['readme_withheld']}: {missing}",
        *(() if missing else (f"  {label['readme_nothing']}",)),
        *(f"  {one.name}: {one.reason}" for one in left_out),
        "",
        f"{label['readme_check']}:",
        *((label["readme_browser"].format(file=CHECKER),) if checker else ()),
        label["readme_command"],
        "  vestige verify bundle.zip",
        label["readme_tools"],
        f"  {evidence.vkey}",
        "",
        label["readme_limits"],
    ]
    return ("\n".join(lines) + "\n").encode()


def _bagged(payload: Mapping[str, bytes], composed: Composed) -> dict[str, bytes]:
    """Put files into a bag: declaration, information, and both manifests."""
    size = sum(map(len, payload.values()))
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": (
            f"Bagging-Date: {composed.date}\nExternal-Description: {_one_tag_line(composed.title)}\n"
            f"Payload-Oxum: {size}.{len(payload)}\nSource-Organization: {_one_tag_line(composed.sender)}\n"
        ).encode(),
        "manifest-sha256.txt": _manifest({f"data/{path}": payload[path] for path in sorted(payload)}),
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    return tags | {f"data/{path}": payload[path] for path in sorted(payload)}


def _one_tag_line(text: str) -> str:
    return one_line(text)[:200]


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items()).encode()


def shipped_checker() -> bytes | None:
    """Give the checker in one file, where this installation holds it."""
    file = importlib.resources.files("vestige.publishing") / "assets" / "built" / CHECKER
    return file.read_bytes() if file.is_file() else None


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"
