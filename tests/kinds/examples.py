"""One example body a kind, as the JSON that a keeper's desk would hand in; ids and files of what came before stand in the world."""

import base64

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.entries import decode_body
from vestige.entries._canonical import canonical_json
from vestige.entries.acts import nonce_commitment

KEY = Ed25519PrivateKey.from_private_bytes(b"sample key of these tests only!!")


def signed(kind, fields):
    """Sign the fields of a body as an outsider does."""
    message = f"vestige/1 {kind}\n".encode() + canonical_json(fields)
    key = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    return fields | {"signed": {"key": key, "sig": base64.b64encode(KEY.sign(message)).decode()}}


def _assessor(name):
    return {"name": name}


EXAMPLES = {
    "site": lambda w: {"names": [{"text": "Examplebridge", "language": "en"}], "countries": ["BA"], "type": "bridge"},
    "actor": lambda w: {"names": [{"text": "Examplecouncil"}], "type": "organisation"},
    "source": lambda w: {"title": "Examplegazette", "file": w.file("letter.txt"), "media_type": "text/plain"},
    "statement": lambda w: {
        "source": w.source, "content": "The examplespan was hit", "manner": "direct", "speaker": {"name": "Exampleperson", "actor": w.actor},
        "status": "confirmed", "sites": [w.site], "file": w.file("said.txt"),
    },
    "observation": lambda w: {
        "site": w.site, "method": "exampletest", "software": "vestige", "before": {"when": "on", "start": "2022"},
        "after": {"when": "on", "start": "2023"}, "abstained": "too few acquisitions", "figures": [w.file("chart.bin")],
    },
    "assessment": lambda w: {
        "site": w.site, "assessor": _assessor("Exampleassessor"), "window": {"when": "on", "start": "2022-03-01"}, "condition": "Poor",
    },
    "study": lambda w: {
        "title": "Examplestudy", "question": "Which?", "method": "M", "result": "An association", "limits": "L", "software": "v",
        "files": [{"name": "t.csv", "file": w.file("t.csv"), "media_type": "text/csv"}],
    },
    "appeal": lambda w: {
        "origin": "recorded", "form": "letter", "title": "Exampleappeal", "addressees": [{"name": "Exampleoffice"}], "source": w.source,
        "sites": [w.site],
    },
    "dispatch": lambda w: {"appeal": w.appeal, "when": "2026-11-02", "means": "post", "to": "Exampledesk", "receipt": w.file("receipt.txt")},
    "reply": lambda w: {"appeal": w.appeal, "sender": "Exampleanswerer", "received": "2026-11-20", "type": "question", "source": w.source},
    "call": lambda w: {
        "titles": [{"text": "Examplecall"}], "promoter": w.actor, "asks": "that maps be given", "opens": "2026-11-01",
        "texts": [{"language": "en", "file": w.file("call.txt")}], "modes": ["bodies"], "paid_by": [{"by": "not disclosed"}],
    },
    "endorsement": lambda w: {
        "call": w.call, "wording": w.bodies["call"].wording(), "by": {"organisation": "Examplebody"}, "capacity": "body",
        "signed_on": "2026-11-02", "status": "confirmed", "evidence": [{"what": "page", "observed": "2026-11-02T10:00:00Z", "source": w.source}],
    },
    "tally": lambda w: {
        "call": w.call, "wording": w.bodies["call"].wording(), "number": 1, "count": 60, "total": 60, "closed": "2026-11-03",
        "method": "examplesheet", "sheet": w.file("sheet.bin"),
    },
    "draw": lambda w: signed("draw", {"call": w.call, "auditor": _assessor("Exampleauditor"), "size": 300, "committed": nonce_commitment("ab" * 32)}),
    "audit": lambda w: signed("audit", {
        "call": w.call, "tally": w.entries["tally"], "draw": w.entries["draw"], "auditor": _assessor("Exampleauditor"),
        "nonce": "ab" * 32, "drawn": w.file("drawn.txt"), "asked": 60, "yes": 55, "no": 1, "silent": 3, "bounced": 1, "bad_at_most": 0.08, "bad_at_worst": 0.16,
        "method": "Asked by examplemail", "paid_by": [{"by": "not disclosed"}],
    }),
    "visit": lambda w: {
        "titles": [{"text": "Examplevisit"}], "hosts": [w.actor], "purpose": "To see what stands.",
        "window": {"when": "between", "start": "2026-10-01", "end": "2026-10-03"}, "funding": [{"by": "not disclosed"}],
        "embargo": "2026-10-10", "planned": [{"site": w.site}],
    },
    "invitation": lambda w: {
        "visit": w.visit, "invitee": {"name": "Exampleguest"}, "category": "other", "channel": "letter", "sent": "2026-09-01",
        "file": w.file("invitation.txt"),
    },
    "gathering": lambda w: {"names": [{"text": "Examplecongress"}], "level": "event", "sources": [w.source]},
    "participation": lambda w: {
        "gathering": w.gathering, "who": {"name": "Examplespeaker", "actor": w.actor}, "part": "spoke", "source": w.source,
    },
    "undertaking": lambda w: {"statement": w.statement, "bound": [w.actor], "what": "To rebuild the examplearch", "sites": [w.site]},
    "reach": lambda w: {
        "month": "2026-10", "logs": [{"format": "combined", "days": 31, "lines": 900, "unreadable": 7}], "method": "COUNTER 5.1",
        "lists": [{"name": "examplelist", "version": "1", "hash": "ab" * 32}], "left_out": {"errors": 41, "robots_by_name": 350},
        "views": 400, "views_low": 300, "least": 20, "languages": [{"name": "en", "number": 380}], "languages_other": 20,
        "missing": "The examplecache in front gave no logs",
    },
}  # fmt: skip
"""In an order in which each names only what came before it."""


class World:
    """What the examples refer to: a record, the ids of what was entered, the bodies, the files."""

    def __init__(self, record):
        self.record, self.ids, self.bodies, self.entries = record, {}, {}, {}

    def __getattr__(self, kind):
        try:
            return self.ids[kind]
        except KeyError:
            raise AttributeError(kind) from None

    def file(self, name):
        """Preserve a small file and give its hash."""
        return self.record.add_file(f"sample bytes of {name}".encode())

    def body(self, kind):
        """Give the example body of a kind."""
        return decode_body(kind, msgspec.json.encode(EXAMPLES[kind](self)))
