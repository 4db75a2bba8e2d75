"""How undertakings are published: the clause, who is bound, and what follows from statements about it."""

from vestige.entries import Statement
from vestige.entries.acts import Undertaking, progress_of
from vestige.publishing.acts._act import act
from vestige.publishing.kinds._data_file import Column
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector


class State(partials.View, frozen=True, kw_only=True):
    """What became of an undertaking, by the rule of findings; who said what, the bound party apart."""

    state: str
    said: dict[str, tuple[str, ...]]
    by_bound: dict[str, tuple[str, ...]]


def _state(collector: Collector, about: str, body: Undertaking) -> State:
    spoken = [one.body for one in collector.linked(about, "statement") if isinstance(one.body, Statement)]
    found = progress_of(about, body, spoken, collector.policy.required_assessors)
    return State(state=found.state, said=_named(collector, found.said), by_bound=_named(collector, found.by_bound))


def _named(collector: Collector, said: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Give speakers by their names, where the record knows them."""
    links = {who: collector.link(who) for names in said.values() for who in names if who.startswith("actor:")}
    return {
        state: tuple(link.names[0].text if (link := links.get(who)) else who for who in names)
        for state, names in said.items()
    }


UNDERTAKING = act(
    Undertaking,
    folder="undertakings",
    heading="Undertakings",
    lead="What somebody undertook to do, word for word. Whether it was kept follows from what others say; the bound party's word never suffices.",
    columns=(
        Column("what"),
        Column("bound", "Ids of those who are bound"),
        Column("due", "The day or period by which it is due"),
        Column("statement", "Id of the clause"),
        Column("gathering", "Id of the dialogue"),
        Column("sites", "Ids of the sites"),
    ),
    holds="Undertakings: what, who is bound and until when",
    holds_nested="Undertakings whole, with how each is measured",
    derived=_state,
)
