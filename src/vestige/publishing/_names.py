"""What a reader calls the thing that an entry is about."""

from vestige.entries import Actor, Assessment, Name, Site, Source, Statement, Study
from vestige.record import Entry


def names_of(entry: Entry) -> tuple[Name, ...]:
    """Give what a reader calls the thing that an entry is about; nothing when its body is not public."""
    body = entry.body
    if isinstance(body, (Site, Actor)):
        return body.names
    if isinstance(body, Source):
        return (Name(text=body.title, language=body.language),)
    if isinstance(body, Statement):
        return (Name(text=shortened(body.content), language=body.language),)
    if isinstance(body, Study):
        return (Name(text=body.title),)
    if isinstance(body, Assessment):
        return (Name(text=body.assessor.name),)
    return ()


def shortened(text: str, most: int = 120) -> str:
    """Cut a long text at a word, with an ellipsis."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"
