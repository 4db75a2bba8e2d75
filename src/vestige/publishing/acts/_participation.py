"""How participations are published: who took part in a dialogue and how, each with the source that says so."""

from vestige.entries.acts import Participation
from vestige.publishing.acts._act import act
from vestige.publishing.kinds._data_file import Column

PARTICIPATION = act(
    Participation,
    folder="participations",
    heading="Participations",
    lead="Who took part in a dialogue, how, and for whom, each as a source tells it. What no source tells is not known here.",
    columns=(
        Column("gathering", "Id of the dialogue"),
        Column("who", "Who took part, as printed"),
        Column("part", "How, or that they did not"),
        Column("represents", "Id of whom they represented"),
        Column("as_printed", "Whom they represented, in the words of the source"),
        Column("source", "Id of the source"),
    ),
    values={"who": lambda body: body.named()[0].text if body.named() else ""},
    facets=lambda body: {"party": body.as_printed or body.who.organisation or "", "part": body.part},
    balances=(("Participations by whom they represented", "Whom they represented, as printed", "party"),),
    holds="Participations: who took part in which dialogue, how and by which source",
    holds_nested="Participations whole, with the passages that tell of them",
    shown=lambda body: body.status == "confirmed",
)
