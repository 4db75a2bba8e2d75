"""How the counts of readers are published: one month each, the keeper's count, with everything that was left out of it."""

from vestige.entries.acts import Reach
from vestige.publishing.acts._act import act
from vestige.publishing.kinds._data_file import Column

REACH = act(
    Reach,
    folder="reach",
    heading="Views of this record by month",
    lead="The keeper's count, from server logs that must not be kept: nobody else can count it again. Views are not people.",
    columns=(
        Column("month"),
        Column("views", "Views by the COUNTER rules", "integer"),
        Column("views_low", "Views by those who also fetched a style, script or picture", "integer"),
        Column("least", "The least that a cell of its tables holds", "integer"),
        Column("method"),
    ),
    holds="Views by month, as the keeper counted them",
    holds_nested="Views by month whole, with tables and everything left out",
)
