"""How appeals, their sending and the replies to them are published: all sides in one list, by one template."""

from vestige.entries import Appeal, Dispatch, Reply
from vestige.publishing.acts._act import act
from vestige.publishing.acts._appeal_standing import affected, awaiting, standing
from vestige.publishing.kinds._data_file import Column


def _party(body: Appeal) -> str:
    """Give for whom an appeal was made, as printed; else who made it."""
    first = body.senders[0] if body.senders else None
    return (first.on_behalf_of or first.organisation or first.name) if first else ""


APPEAL = act(
    Appeal,
    folder="appeals",
    heading="Appeals",
    lead="What was asked of those who can act, by whichever side, in one form. A recorded appeal is somebody else's, known from a source.",
    one="{n} appeal",
    several="{n} appeals",
    columns=(
        Column("title"),
        Column("origin", "own: composed from this record; recorded: somebody else's, known from a source"),
        Column("form", "the form of the addressee; letter where none is known"),
        Column("senders", "who appeals"),
        Column("addressees", "to whom"),
        Column("made", "last day on which it can have been made"),
        Column("sites", "ids of the sites that it is about"),
        Column("source", "id of the source from which it is known"),
        Column("text_seen", "whether the source holds the text of the appeal", "boolean"),
        Column("sample", "whether it is an example that was sent to nobody", "boolean"),
        Column("state", "recorded, composed, signed, sent, acknowledged or answered, derived from the entries"),
        Column("outcome", "what a decision gave"),
        Column("stale", "whether the record learnt something since it was sent", "boolean"),
    ),
    holds="One row per appeal",
    holds_nested="Appeals with their sentences and what each rests on",
    values={
        "senders": lambda body: [one.name for one in body.senders],
        "addressees": lambda body: [one.name for one in body.addressees],
    },
    state=lambda body: body.origin,
    states=("own", "recorded"),
    facets=lambda body: {"party": _party(body), "addressee": body.addressees[0].name},
    balances=(
        ("Appeals by who makes them", "Who appeals", "party"),
        ("Appeals by addressee", "Addressee", "addressee"),
        ("Appeals by whether an answer is known", "Answer", "answer"),
    ),
    navigation=True,
    derived=standing,
    on_cards=True,
    facets_derived=lambda stands: {"answer": stands.answer},
    changed_beside=affected,
    ages=awaiting,
    feed=("appeal", "dispatch", "reply"),
)

DISPATCH = act(
    Dispatch,
    folder="dispatches",
    heading="When it was sent",
    lead="When, how and to where appeals were sent, by people.",
    one="{n} sending",
    several="{n} sendings",
    columns=(
        Column("appeal", "id of the appeal"),
        Column("when", "the day"),
        Column("means", "by which means"),
        Column("to", "to which address"),
        Column("reference"),
    ),
    holds="One row per sending of an appeal",
    holds_nested="Sendings of appeals",
)

REPLY = act(
    Reply,
    folder="replies",
    heading="Replies",
    lead="What came back to appeals. Silence is no reply and stands here nowhere.",
    one="{n} reply",
    several="{n} replies",
    columns=(
        Column("appeal", "id of the appeal"),
        Column("sender", "who replied, as printed"),
        Column("received", "the day on which it came"),
        Column("type", "what kind of reply"),
        Column("outcome", "what a decision gave"),
        Column("due", "the day that an extension or a question sets"),
        Column("source", "id of the source that holds or tells of it"),
    ),
    holds="One row per reply to an appeal",
    holds_nested="Replies to appeals",
    state=lambda body: body.type,
    facets=lambda body: {"sender": body.sender},
    balances=(("Replies by who replies", "Who replies", "sender"),),
)
