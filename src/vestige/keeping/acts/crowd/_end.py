"""Signatures that their signers take back: by the receipt that they hold, or by a mail that their domain signed."""

from collections.abc import Sequence
from pathlib import Path

from vestige.calling import read_signature_receipt
from vestige.errors import InputError
from vestige.keeping.acts._handed_files import read_handed
from vestige.keeping.acts.crowd._collector import Collector
from vestige.mail import Answers, aligned_mail, require_message, subject_of

_LARGEST_RECEIPT = 10_000


def end_signatures(
    collector: Collector, call: str, files: Sequence[Path], answers: Answers, why: str = "asked"
) -> tuple[int, int]:
    """End the signatures that files ask to end; give how many ended by this and how many had ended before. All of them or none.

    Raises InputError that names the first file that is neither a receipt of this call nor a mail of a signer that names it in its subject.
    """
    leaves = [_leaf(collector, call, file, answers) for file in files]
    with collector.all_or_none():
        ended = collector.end(leaves, why)
    return ended, len(leaves) - ended


def _leaf(collector: Collector, call: str, file: Path, answers: Answers) -> bytes:
    if file.suffix.casefold() == ".json":
        receipt = read_signature_receipt(read_handed(file, _LARGEST_RECEIPT), str(file))
        if receipt.signature.call != call:
            raise InputError(f"expected a receipt of {call}, got one of {receipt.signature.call}", where=str(file))
        return receipt.leaf()
    data = require_message(file)
    mail = aligned_mail(data, answers)
    if call.partition(":")[2] not in subject_of(data).casefold():
        raise InputError(f"expected a mail that names {call} in its subject, got another", where=str(file))
    leaf = collector.leaf_of(collector.tag(mail.sender))
    if leaf is None:
        raise InputError("the mailbox that sent it has not joined this call", where=str(file))
    return leaf
