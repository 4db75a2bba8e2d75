"""The keys by which domains sign mail: looked up when a mail is taken in, or read from answers that were kept."""

import re
import tomllib
from pathlib import Path

from vestige.errors import NOT_TOML, InputError
from vestige.mail import Answers

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9])?")


def domain_keys(kept: Path | None = None) -> Answers:
    """Give the TXT record of a name: from a TOML file of answers (``"s1._domainkey.example.org" = "v=DKIM1; …"``), or as it is today.

    Each name is asked once. Raises InputError when the file cannot be read, or when the domain name system gives no answer at all:
    that a key is gone is an answer, that nobody could be asked is none.
    """
    ask = _look_up if kept is None else _kept(kept).get
    known: dict[str, bytes | None] = {}

    def answer(name: str) -> bytes | None:
        plain = name.casefold().rstrip(".")
        if plain not in known:
            known[plain] = ask(plain) if _NAME.fullmatch(plain) else None
        return known[plain]

    return answer


def _kept(file: Path) -> dict[str, bytes]:
    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except (OSError, *NOT_TOML) as error:
        raise InputError(f"expected TOML in UTF-8 with a text for each name: {error}", where=str(file)) from error
    if not all(isinstance(text, str) for text in read.values()):
        raise InputError("expected a text for each name in quotation marks, got another value", where=str(file))
    return {name.casefold().rstrip("."): text.encode() for name, text in read.items()}


def _look_up(name: str) -> bytes | None:
    import dns.exception
    import dns.resolver

    try:
        found = dns.resolver.resolve(name, "TXT", lifetime=10)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except dns.exception.DNSException as error:
        raise InputError(
            "no answer from the domain name system",
            where=name,
            hint="Try again when there is a connection, or give kept answers with --keys",
        ) from error
    return b"".join(next(iter(found)).strings) if len(found) else None
