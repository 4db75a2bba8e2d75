"""What a record says of itself: in its first policy, and anew as a policy that replaces the one in force."""

import hashlib
import re
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.entries import BLANK_KEYS, Draft, Policy, canonical_json, country_names, decode_body
from vestige.errors import InputError
from vestige.keeping.typed._correct import EMPTY, set_fields
from vestige.keeping.typed._fields import names_of, shape_of
from vestige.record import Receipt, Record, public_text

_CODES = frozenset({"languages", "region"})
"""Fields whose values are codes, of which one value may hold several."""
_ELSEWHERE = {"keys": "vestige key", "origin": "it never changes", "witnesses": "vestige witness"}


class Worded(msgspec.Struct, frozen=True):
    """A policy as a person worded it, and the bytes of the logo that is to be preserved with it, if one was given."""

    policy: Policy
    logo: bytes | None = None


def worded(policy: Policy, changes: dict[str, list[str]]) -> Worded:
    """Give a policy with fields set as they were typed: ``description.fr`` in a language, ``logo`` a picture, ``colour`` one that can be read.

    Raises InputError for a field that a policy does not have, that is not set so, or whose value is none.
    """
    from vestige.publishing import require_languages

    for path in changes:
        hint = _ELSEWHERE.get(path.partition(".")[0])
        if hint:
            raise InputError("expected another field of the policy", where=f"--{path}", hint=hint)
    changes = _listed(changes)
    require_languages(one for one in changes.get("languages", ()) if one != EMPTY)
    seen, logo = _seen(changes)
    plain = dict(msgspec.to_builtins(policy))
    body = decode_body("policy", canonical_json(set_fields(shape_of(Policy), plain, seen)))
    assert isinstance(body, Policy)  # noqa: S101 - that is what was decoded
    return Worded(body, logo)


def _listed(changes: dict[str, list[str]]) -> dict[str, list[str]]:
    """Take several codes in one value apart, ``uk,en`` or ``UA PL``, and write them as codes are written. Raises InputError for what is no country's."""
    codes = {field: re.split(r"[\s,;]+", " ".join(changes[field]).strip()) for field in _CODES & changes.keys()}
    codes = {field: [one for one in values if one] for field, values in codes.items()}
    if "region" in codes:
        codes["region"] = [one.upper() for one in codes["region"]]
        unknown = [one for one in codes["region"] if one != EMPTY and not country_names(one)]
        if unknown:
            raise InputError(f"expected country codes such as UA, got {unknown[0]}", where="--region")
    if "languages" in codes:
        codes["languages"] = [one.lower() for one in codes["languages"]]
    return changes | codes


def first_policy(changes: dict[str, list[str]]) -> Worded:
    """Give the policy of a record that is still to be made, as `worded` does; its origin is blank, and so are its keys."""
    keys = tuple(
        msgspec.structs.replace(key, public=public_text(Ed25519PrivateKey.generate())) for key in BLANK_KEYS
    )  # so that it can be read as any other
    said = worded(Policy(name="-", origin="-", keys=keys), changes)
    return Worded(msgspec.structs.replace(said.policy, keys=BLANK_KEYS), said.logo)


def set_policy(record: Record, changes: dict[str, list[str]]) -> tuple[Receipt | None, tuple[str, ...]]:
    """Set fields of the policy, and give the receipt and the fields that differ; without a receipt, none did.

    Raises InputError as `worded` does, and what entering raises.
    """
    said = worded(record.policy, changes)
    before, now = msgspec.to_builtins(record.policy), msgspec.to_builtins(said.policy)
    changed = tuple(name for name in names_of(shape_of(Policy)) if now.get(name) != before.get(name))
    if not changed:
        return None, ()
    record.signing_key()
    if said.logo is not None:
        record.add_file(said.logo)
    current = record.policy_entry
    (receipt,) = record.append(Draft(said.policy, about=current.about, replaces=current.hash))
    return receipt, changed


def _seen(changes: dict[str, list[str]]) -> tuple[dict[str, list[str]], bytes | None]:
    """Give the changes with the colour read and the logo by its SHA-256, and the bytes of the logo."""
    from vestige.keeping.typed._look import colour_of, logo_of

    seen, logo = dict(changes), None
    if (colour := changes.get("colour", [EMPTY])[-1]) != EMPTY:
        seen["colour"] = [colour_of(colour)]
    if (picture := changes.get("logo", [EMPTY])[-1]) != EMPTY:
        logo = logo_of(Path(picture))
        seen["logo"] = [hashlib.sha256(logo).hexdigest()]
    return seen, logo
