"""How audits of a call's signatures are published: the sample that was fixed beforehand, once opened, and what came of asking it."""

from vestige.entries.acts import Audit, Draw
from vestige.publishing.acts._act import act
from vestige.publishing.kinds._data_file import Column

DRAW = act(
    Draw,
    folder="draws",
    heading="Samples to be asked",
    lead="How many an auditor committed to ask before the last tally. Neither the auditor nor the keeper could choose whom.",
    columns=(
        Column("call", "Id of the call"),
        Column("auditor"),
        Column("size", "How many are asked", "integer"),
        Column("committed", "SHA-256 that commits to the auditor's number"),
    ),
    values={"auditor": lambda body: body.auditor.name},
    holds="Samples: auditor, size and what commits to the auditor's number",
    holds_nested="Samples whole, with the auditor's signature",
)

AUDIT = act(
    Audit,
    folder="audits",
    heading="Audits",
    lead="What people of a sample answered when somebody other than the keeper asked whether they had joined.",
    columns=(
        Column("call", "Id of the call"),
        Column("auditor"),
        Column("nonce", "The auditor's number, which the draw had committed to"),
        Column("asked", type="integer"),
        Column("yes", type="integer"),
        Column("no", type="integer"),
        Column("silent", type="integer"),
        Column("bounced", type="integer"),
        Column("bad_at_most", "Upper bound of the share that did not join, among those who answered; 95 %", "number"),
        Column("bad_at_worst", "The same, everybody who did not say yes taken for false", "number"),
    ),
    values={"auditor": lambda body: body.auditor.name},
    holds="Audits: how many were asked, what they answered, and both bounds",
    holds_nested="Audits whole, with method and who paid",
    shown=lambda body: body.signed is not None,
)
