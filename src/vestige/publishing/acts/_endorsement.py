"""How endorsements are published: each with the evidence from its own side. Candidates are not."""

from vestige.entries.acts import Endorsement
from vestige.publishing.acts._act import act
from vestige.publishing.kinds._data_file import Column


def _who(body: Endorsement) -> str:
    return body.by.name or body.by.organisation or body.by.role or body.by.actor or ""


ENDORSEMENT = act(
    Endorsement,
    folder="endorsements",
    heading="Endorsements",
    lead="Bodies and named persons who joined a call, each by evidence from their own side. They are not added up with mailboxes.",
    one="{n} endorsement",
    several="{n} endorsements",
    columns=(
        Column("call", "Id of the call"),
        Column("by", "Who joined, as printed"),
        Column("capacity", "body or person"),
        Column("signed_on"),
        Column("status", "confirmed or retracted"),
        Column("sample", "true where it only shows the way"),
    ),
    values={"by": _who},
    holds="Endorsements: which call, by whom, when and in which state",
    holds_nested="Endorsements whole, with their evidence",
    shown=lambda body: body.status != "candidate",
)
