"""One message against its DKIM signatures, with the traps refused that RFC 6376 allows.

Refused: a body length (``l=``), which lets text be appended; signatures that leave out From, To, Subject, Date or Message-ID; a head that is read and
stands twice, of which a signature covers the last and a reader takes the first (section 8.15); a domain that is not that of the sender or above it, or
is not in its ASCII form; RSA keys under 1,024 bits; more than one address in From; more than ten signatures.
"""

import email.parser
import email.policy
import email.utils
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from email.message import Message

import msgspec

from vestige.errors import InputError

SIGNED = frozenset({"from", "to", "subject", "date", "message-id"})
ONCE = SIGNED | {"mime-version", "content-type", "content-transfer-encoding", "content-disposition"}
"""Heads that are read, each of which may stand once."""
LEAST_KEY = 1024
MOST_SIGNATURES = 10
"""Signatures of one message: list servers add some, and each costs a hash of the whole."""
LARGEST = 25 * 1024 * 1024
"""Bytes of one message; mailboxes hold no larger ones, and a check holds one in memory."""

_SILENT = logging.Logger("vestige.mail", logging.CRITICAL + 1)  # noqa: LOG001 - no configuration of logs may reach it
"""What checks a signature would log the mail's heads, addresses among them: to nobody."""

Answers = Callable[[str], bytes | None]
"""Gives the TXT record of a name such as ``s1._domainkey.example.org``, or None where there is none."""


class MailError(InputError):
    """A message is not signed by the domain of its one sender."""


class SignedMail(msgspec.Struct, frozen=True):
    """What a domain signed: the sender's address, the domain, and the headers that the signature covers."""

    sender: str
    domain: str
    selector: str
    subject: str
    date: str
    message_id: str


def aligned_mail(data: bytes, answers: Answers) -> SignedMail:
    """Give what the domain of the sender signed of a message; raises MailError that says in one line why it did not."""
    if len(data) > LARGEST:
        raise MailError(f"expected a message of at most {LARGEST} bytes, got {len(data)}")
    message = email.parser.BytesHeaderParser(policy=email.policy.default).parsebytes(data)  # no part is looked into
    sender = _sender(message)
    domain = sender.rpartition("@")[2].casefold().rstrip(".")
    _require_once(message)
    reasons = []
    signatures = message.get_all("DKIM-Signature", [])
    if len(signatures) > MOST_SIGNATURES:
        raise MailError(f"expected at most {MOST_SIGNATURES} signatures, got {len(signatures)}", where="mail")
    for number, header in enumerate(signatures):
        tags = _tags(str(header))
        reason = _trap(tags, domain) or _wrong(data, number, tags, answers)
        if reason is None:
            return SignedMail(
                sender,
                tags["d"],
                tags["s"],
                str(message["Subject"]),
                str(message["Date"]),
                str(message["Message-ID"]),
            )
        reasons.append(reason)
    raise MailError("; ".join(reasons) or "no domain signed it (DKIM)", where="mail")


def _require_once(message: Message) -> None:
    """Refuse a message with a head twice: whoever puts a second Subject above a signed one leaves the signature as it was."""
    counts = Counter(name.casefold() for name in message.keys())  # noqa: SIM118 - a message gives each head as often as it stands
    twice = sorted(name for name in ONCE if counts[name] > 1)
    if twice:
        raise MailError(f"expected each head once, got {', '.join(twice)} more than once", where="mail")


def _sender(message: Message) -> str:
    """Give the one address of the one From; a message with another is refused before any signature is looked at."""
    senders = message.get_all("From", [])
    if len(senders) != 1:
        raise MailError(f"expected one From, got {len(senders)}", where="mail")
    addresses = email.utils.getaddresses([str(senders[0])])
    if len(addresses) != 1 or addresses[0][1].count("@") != 1:
        raise MailError("expected one address in From, got none or several", where="mail")
    return addresses[0][1]


def _tags(header: str) -> dict[str, str]:
    """Read ``tag=value; …``, white space within values dropped."""
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(): "".join(value.split()) for name, _, value in pairs if name.strip()}


def _trap(tags: Mapping[str, str], domain: str) -> str | None:
    """Give why a signature is refused before it is checked."""
    if not {"d", "s", "h"} <= tags.keys():
        return "a signature without domain, selector or headers"
    if "l" in tags:
        return "its signature covers a part of the body only (l=)"
    missing = SIGNED - {name.casefold() for name in tags["h"].split(":")}
    if missing:
        return f"its signature leaves out {', '.join(sorted(missing))}"
    if not (tags["d"] + tags["s"]).isascii():
        return "a signature of a domain in letters beyond ASCII, where its xn-- form is expected"
    signer = tags["d"].casefold().rstrip(".")
    if "." not in signer or not (domain == signer or domain.endswith(f".{signer}")):
        return f"signed by {signer}, sent from {domain}"
    return None


def _wrong(data: bytes, number: int, tags: Mapping[str, str], answers: Answers) -> str | None:
    """Give why a signature does not fit, or None where it does."""
    import dkim  # only who takes mail in needs it

    name = f"{tags['s']}._domainkey.{tags['d']}"
    if not answers(name):
        return f"its key is gone: no record at {name}"
    try:
        fits = dkim.DKIM(data, minkey=LEAST_KEY, logger=_SILENT).verify(
            number, dnsfunc=lambda asked, **_: answers(asked.decode("ascii").rstrip("."))
        )
    except (dkim.DKIMException, ValueError) as error:
        return f"its signature cannot be checked: {error}"
    return None if fits else "its signature does not fit"
