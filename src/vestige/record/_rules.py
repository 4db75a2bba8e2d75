"""The rules that a draft must keep to enter a record: what it replaces, cites and is about; who may sign it."""

from collections.abc import Sequence

import msgspec

from vestige.entries import (
    Body,
    Draft,
    Key,
    Policy,
    Site,
    Statement,
    Withdrawal,
    exposed_by,
    fingerprint,
    is_hash,
    kind_of,
    load_public_key,
    public_site,
)
from vestige.record._errors import KeyFileError, RecordError
from vestige.record.index._index import Index


def expanded(draft: Draft, cell_degrees: float) -> tuple[Draft, Draft | None]:
    """Split a sensitive site into what may be public and, where that hides something, the withheld companion with the exact place.

    So a public body never holds an exact place, and nothing that is published from it can betray one.
    """
    body = draft.body
    if isinstance(body, Statement) and draft.visibility == "public":
        return msgspec.structs.replace(draft, body=_without_places_of_sites(body)), None
    if not isinstance(body, Site) or body.sensitivity == "open" or draft.visibility == "withheld":
        return draft, None
    public = public_site(body, cell_degrees)
    shown = Draft(public, draft.about, draft.replaces, draft.cites)
    return shown, None if public == body else Draft(body, draft.about, None, draft.cites, "withheld")


def _without_places_of_sites(statement: Statement) -> Statement:
    """Leave out the coordinates of places that are sites of the record: the site's own entry says what may be known of them."""
    places = tuple(
        msgspec.structs.replace(place, latitude=None, longitude=None)
        if (place.identifier or "").startswith("site:")
        else place
        for place in statement.places
    )
    return msgspec.structs.replace(statement, places=places) if places != statement.places else statement


def speaks_of_others(draft: Draft) -> bool:
    """Whether a draft speaks of other entries, so that the index must answer for it."""
    refers = draft.about or draft.replaces or draft.cites or exposed_by(draft.body)
    return bool(refers) or isinstance(draft.body, Policy | Withdrawal)


def check_draft(draft: Draft, index: Index, policy: Policy, signer: str) -> None:
    """Raise RecordError when a draft breaks a rule of the record."""
    kind = kind_of(draft.body)
    for name in (*draft.cites, *([draft.replaces] if draft.replaces else [])):
        if not is_hash(name) or index.kind_of(name) is None:
            raise RecordError(f"expected the hash of an entry of this record, got {name!r}", where=kind)
    if draft.about is not None and not draft.about.startswith(f"{kind}:"):
        raise RecordError(f"expected the id of a {kind}, got {draft.about!r}", where=kind)
    if draft.about is not None and not index.knows(draft.about):
        raise RecordError(f"expected the id of a {kind} of this record, got {draft.about!r}", where=kind)
    if draft.replaces is not None:
        _check_replacement(draft, kind, index)
    if draft.visibility == "public":
        _check_exposure(draft.body, index)
    if isinstance(draft.body, Policy):
        _check_policy(draft, draft.body, policy, signer)
    if isinstance(draft.body, Withdrawal) and draft.cites != (draft.body.entry,):
        raise RecordError("expected a withdrawal to cite exactly the entry that it withdraws", where=kind)


def _check_replacement(draft: Draft, kind: str, index: Index) -> None:
    replaced = index.entry(draft.replaces or "")
    if replaced is None or replaced.kind != kind or replaced.about != draft.about:
        raise RecordError(f"expected to replace an entry about the same {kind}, got {draft.replaces}", where=kind)
    if replaced.replaced_by is not None:
        raise RecordError(
            f"{draft.replaces} was replaced by {replaced.replaced_by} already", where=kind, hint="replace that one"
        )
    if replaced.withdrawn_by is not None:
        raise RecordError(f"{draft.replaces} was withdrawn and cannot be replaced", where=kind)


def _check_exposure(body: Body, index: Index) -> None:
    """Refuse to make public what betrays where a sensitive site lies."""
    for site in exposed_by(body):
        entry = index.current(site)
        if entry is not None and isinstance(entry.body, Site) and entry.body.sensitivity != "open":
            raise RecordError(
                f"a public {kind_of(body)} of a sensitive site betrays its place",
                where=site,
                hint="enter it as withheld",
            )


def _check_policy(draft: Draft, new: Policy, policy: Policy, signer: str) -> None:
    if draft.visibility != "public":
        raise RecordError("expected a public policy, got a withheld one", where="policy")
    if draft.replaces is None:
        raise RecordError("expected a policy to replace the one in force", where="policy")
    if signing_keys(policy)[signer].role != "keeper":
        raise RecordError("only a keeper's key may change the policy", where="policy")
    if new.origin != policy.origin:
        raise RecordError(f"expected the origin to stay {policy.origin}, got {new.origin}", where="policy.origin")
    if signer not in signing_keys(new) or signing_keys(new)[signer].role != "keeper":
        raise RecordError(
            "a key cannot end its own keeping", where="policy.keys", hint="sign with another keeper's key"
        )


def signing_keys(policy: Policy) -> dict[str, Key]:
    """Give the keys that may sign under a policy, by fingerprint."""
    return {fingerprint(load_public_key(key.public)): key for key in policy.keys if not key.retired}


def require_signer(policy: Policy, signer: str) -> None:
    """Raise KeyFileError unless the policy lets this key sign."""
    if signer not in signing_keys(policy):
        raise KeyFileError(
            f"the policy in force does not let the key {signer[:16]}… sign", hint="a keeper can add it: vestige key add"
        )


def require_lone_policy(drafts: Sequence[Draft]) -> None:
    """Require that a policy, which changes what the entries after it may do, enters alone."""
    if len(drafts) > 1 and any(isinstance(draft.body, Policy) for draft in drafts):
        raise RecordError("expected a policy alone in its batch, got it together with other drafts", where="policy")
