"""How calls are published: the wording, who promotes and pays. Who joined stands beside, never as one number."""

from vestige.entries.acts import Call
from vestige.publishing.acts._act import act
from vestige.publishing.acts._described import describe_call
from vestige.publishing.kinds._data_file import Column

CALL = act(
    Call,
    folder="calls",
    heading="Calls",
    lead="What was asked of whom, in which words, and who pays. A call says nothing of how many agree.",
    one="{n} call",
    several="{n} calls",
    columns=(
        Column("title"),
        Column("promoter", "Id of who promotes it"),
        Column("conducted", "here: joined in this record; elsewhere: a call of others, recorded from its sources"),
        Column("opens"),
        Column("closes"),
        Column("wording", "SHA-256 of the binding texts, which an endorsement signs"),
    ),
    values={"title": lambda body: body.titles[0].text, "wording": lambda body: body.wording()},
    holds="Calls: title, promoter, dates and the hash of the wording",
    holds_nested="Calls whole, with who pays and the files of their texts",
    described=describe_call,
)
