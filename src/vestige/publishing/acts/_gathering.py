"""How dialogues are published: gatherings as their sources name them; what organisers say of them stands beside, as statements."""

from vestige.entries.acts import Gathering
from vestige.publishing.acts._act import act
from vestige.publishing.acts._described import describe_gathering
from vestige.publishing.acts._parties import parties_of
from vestige.publishing.kinds._data_file import Column

GATHERING = act(
    Gathering,
    folder="dialogues",
    heading="Dialogues",
    lead="Gatherings as their sources name them. What organisers say of them, numbers too, stands beside as statements.",
    one="{n} dialogue",
    several="{n} dialogues",
    columns=(
        Column("name"),
        Column("level", "series, event or session"),
        Column("status", "announced, held, cancelled, moved or online"),
        Column("window", "Last day"),
        Column("part_of", "Id of the series or event"),
    ),
    values={"name": lambda body: body.names[0].text, "window": lambda body: body.window or ""},
    holds="Dialogues: name, level, last day and what each is part of",
    holds_nested="Dialogues whole, with who organised, paid and chaired",
    derived=parties_of,
    described=describe_gathering,
)
