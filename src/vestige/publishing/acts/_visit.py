"""How visits are published: who hosted and paid, what was planned and what was seen."""

from vestige.entries.acts import Visit
from vestige.publishing.acts._act import act
from vestige.publishing.acts._described import describe_visit
from vestige.publishing.kinds._data_file import Column

VISIT = act(
    Visit,
    folder="visits",
    heading="Visits",
    lead="Who hosted and paid, what was planned and what was seen. What nobody stated is named so; nothing tells how anybody moved.",
    one="{n} visit",
    several="{n} visits",
    columns=(
        Column("title"),
        Column("hosts", "Ids of the hosts"),
        Column("window", "Last day of the visit"),
        Column("conducted", "here: by this record's keeper; elsewhere: by others, recorded from its sources"),
        Column("planned", "Sites planned", "integer"),
        Column("seen", "Sites of which something was seen", "integer"),
    ),
    values={
        "title": lambda body: body.titles[0].text,
        "planned": lambda body: len(body.planned),
        "seen": lambda body: sum(one.access in {"full", "part", "outside"} for one in body.seen),
    },
    holds="Visits: hosts, last day, sites planned and seen",
    holds_nested="Visits whole, with conditions and who paid",
    described=describe_visit,
)
