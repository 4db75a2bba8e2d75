"""How tallies are published: with the sheet, so that anybody can count again."""

from vestige.entries.acts import Tally
from vestige.publishing.acts._act import act
from vestige.publishing.kinds._data_file import Column

TALLY = act(
    Tally,
    folder="tallies",
    heading="Tallies",
    lead="Sheets of confirmed mailboxes, which anybody can count again. A mailbox is not a person.",
    one="{n} tally",
    several="{n} tallies",
    columns=(
        Column("call", "Id of the call"),
        Column("number", type="integer"),
        Column("count", "Commitments in this sheet", "integer"),
        Column("total", "Commitments in all sheets so far", "integer"),
        Column("ended", "Commitments that ended so far", "integer"),
        Column("closed"),
        Column("sheet", "SHA-256 of the sheet"),
    ),
    holds="Tallies: the sheet and its numbers",
    holds_nested="Tallies whole, with tables by the k-step rule",
)
