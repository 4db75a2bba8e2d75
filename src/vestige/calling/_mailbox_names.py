"""One mailbox, one signature: the spellings of an address that lead to the same mailbox.

Only what a provider documents is joined: tags after a plus sign, dots where the provider ignores them, several domains of one provider.
Names of people never decide. Nothing here is published: a tag is a keyed hash that lives outside the record and dies with its key.
"""

import hashlib
import hmac
import unicodedata
from typing import NamedTuple

from vestige.errors import InputError


class _Provider(NamedTuple):
    domain: str
    ignores: str = ""
    tag: str = "+"


_GMAIL = _Provider("gmail.com", ".")
_PROTON = _Provider("proton.me", ".-_")
_YANDEX = _Provider("yandex.ru")
_PROVIDERS = {
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    "proton.me": _PROTON,
    "protonmail.com": _PROTON,
    "protonmail.ch": _PROTON,
    "pm.me": _PROTON,
    **dict.fromkeys(("yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua"), _YANDEX),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), _Provider("icloud.com")),
    **{name: _Provider(name, tag="+-") for name in ("yahoo.com", "yahoo.fr", "yahoo.co.uk", "ymail.com")},
}
_SUBDOMAINS = ("fastmail.com", "fastmail.fm", "messagingengine.com")
"""Providers at which tag@name.provider is the mailbox name@provider."""


def one_mailbox(address: str) -> str:
    """Give the one spelling of a mailbox; raises InputError when the text is no address.

    Full-width letters become plain ones (NFKC), case goes, and an internationalised domain takes its ASCII form (IDNA).
    """
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    local, at, domain = plain.rpartition("@")
    domain = _ascii(domain.rstrip("."))
    if not (local and at and domain) or any(sign.isspace() for sign in plain):
        raise InputError("expected an address of the form name@domain, got another text")
    for provider in _SUBDOMAINS:
        if domain.endswith(f".{provider}"):
            local, domain = domain.removesuffix(f".{provider}").rpartition(".")[2], provider
    known = _PROVIDERS.get(domain, _Provider(domain))
    for sign in known.tag:
        local = local.partition(sign)[0] or local
    for sign in known.ignores:
        local = local.replace(sign, "")
    if known is _YANDEX:
        local = local.replace(".", "-")
    return f"{local}@{known.domain}"


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InputError("expected a domain of an address, got a text that is none") from error


def tag_of(address: str, key: bytes) -> str:
    """Give the tag by which a second signature of a mailbox is known: HMAC-SHA256 of `one_mailbox` under a key of this call alone."""
    return hmac.new(key, one_mailbox(address).encode(), hashlib.sha256).hexdigest()
