"""Every message that the pages use, found in templates and code; run as a program it lists what a catalogue lacks."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from jinja2 import Environment, nodes

from vestige import publishing
from vestige.entries import KINDS, vocabulary
from vestige.entries.acts import PARTS, LeftOut
from vestige.observing import Abstention
from vestige.procedures.forms import Clock, form, form_ids
from vestige.publishing._registry import ALL
from vestige.publishing.data._describe import DESCRIPTIONS, holdings
from vestige.publishing.words._catalogue import catalogue
from vestige.publishing.words._types import SITE_TYPES

ROOM = Path(publishing.__file__).parent


def _clocks() -> Iterator[str]:
    """Give what the clocks of the forms say; those of the sender are shown on no page."""
    clocks = [clock for name in form_ids() for clock in form(name).clock if clock.by == "addressee"]
    yield from dict.fromkeys(text for clock in clocks for text in (clock.what, clock.says))


EAMENA_LISTS = (
    "condition",
    "extent",
    "cause_category",
    "cause_type",
    "effect_type",
    "certainty",
    "trend",
    "assessment_type",
)
OWN_TERMS = {
    "type": SITE_TYPES,
    "finding": ("agreed", "contested", "single", "none"),
    "manner": ("direct", "indirect", "mixed", "topic"),
    "form": ("copy", "abstract", "reference"),
    "actor": ("person", "organisation", "government", "campaign", "other"),
    "role": ("log", "contributor", "reviewer", "keeper"),
    "abstention": tuple(Abstention),
    "kind": tuple(KINDS),
    "means": ("post", "email", "portal", "hand", "diplomatic", "fax"),
    "reply": ("acknowledgement", "question", "extension", "decision", "referral", "refusal", "inadmissible", "comment"),
    "part": PARTS,
    "progress": ("kept", "partly", "not kept", "contested", "single", "nobody has said"),
    "exactness": ("about", "at least", "at most"),
    "left out": (*LeftOut.__struct_fields__, "unreadable"),
    "reach table": ("languages", "pages", "downloads", "referrers", "countries", "machines"),
    "standing": ("recorded", "composed", "signed", "sent", "acknowledged", "answered"),
    "answer": ("known", "unknown"),
    "learnt": ("withdrawn", "replaced", "against", "new"),
    "since": get_args(Clock.__annotations__["after"]),
    "clock": tuple(_clocks()),
    "outcome": ("granted", "partly", "deferred", "refused", "none"),
}


def terms() -> Iterator[tuple[str, str]]:
    """Give every (vocabulary, term) that a page may show."""
    for name in EAMENA_LISTS:
        yield from ((name, term) for term in vocabulary(name))
    for name, words in OWN_TERMS.items():
        yield from ((name, word) for word in words)


def messages() -> tuple[set[str], set[tuple[str, str]]]:
    """Give every fixed message, and every (singular, plural) pair."""
    single: set[str] = set(holdings().values()) | {holds for _, _, holds in DESCRIPTIONS}
    plural: set[tuple[str, str]] = set()
    for path in sorted((ROOM / "templates").rglob("*.html")):
        tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
        for node in tree.find_all(nodes.Filter):
            if not isinstance(node.node, nodes.Const):
                continue  # what a kind says of itself is asked of the kinds below
            if node.name in {"t", "tf"}:
                single.add(node.node.as_const())
            elif node.name == "tn":
                plural.add((node.node.as_const(), node.args[0].as_const()))
        for call in tree.find_all(nodes.Call):
            if (
                isinstance(call.node, nodes.Getattr)
                and call.node.attr == "text"
                and isinstance(call.args[0], nodes.Const)
            ):
                single.add(call.args[0].as_const())
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                first = node.args[0]
                if (
                    name in {"text", "fill", "plain"}
                    and isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                ):
                    single.add(first.value)
                elif name == "count" and len(node.args) > 2:
                    plural.add((ast.literal_eval(first), ast.literal_eval(node.args[1])))
    for kind in ALL:
        single |= {kind.heading} if kind.named_beside else set()
        single |= {text for table in kind.balances for text in (table.title, table.column)}
        if kind.listing:
            single |= {text for text in (kind.listing.title, kind.listing.lead) if text}
        if kind.figure:
            plural.add((kind.figure.one, kind.figure.several))
            single |= {message for message, _ in kind.figure.beside}
    return single, plural


def lacking(code: str) -> list[str]:
    """Give what the catalogue of a language lacks."""
    single, plural = messages()
    held = catalogue(code)
    missing = [message for message in sorted(single) if (None, message) not in held.messages]
    missing += [f"{one} | {many}" for one, many in sorted(plural) if one not in held.plurals]
    return missing + [f"{name}: {term}" for name, term in terms() if (name, term) not in held.messages]


if __name__ == "__main__":
    single, plural = messages()
    print(len(single), len(plural), len(list(terms())))
    for message in sorted(single):
        print(repr(message))
    for pair in sorted(plural):
        print(pair)
