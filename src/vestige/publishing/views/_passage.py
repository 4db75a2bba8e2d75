"""Statements in the text that they stand in: a preserved text cut into passages, those of statements marked."""

from collections.abc import Callable, Sequence

from vestige.archive import ArchiveError, Store
from vestige.entries import Source, Span, Statement
from vestige.publishing.views._partials import Passage, TextSpan

_CONTEXT = 500
_MOST_BYTES = 50_000_000
"""Bytes of a file that is read as text; one that is larger is offered, and not shown."""
LONGEST = 120_000
"""Code points of a preserved text that its page shows; the original holds all."""


def text_of(files: Store, name: str | None) -> str | None:
    """Give a preserved file as text, or None when it is none."""
    if name is None:
        return None
    try:
        if files.size(name) > _MOST_BYTES:
            return None
        data = files.read(name)
        text = data.decode("utf-8")
    except (ArchiveError, UnicodeDecodeError):
        return None
    return None if "\x00" in text else text


def cut(text: str, marks: Sequence[TextSpan], start: int, end: int) -> tuple[Passage, ...]:
    """Cut the stretch [start, end) of a text into passages at its marks; a mark that overlaps an earlier one is left out."""
    passages: list[Passage] = []
    position = start
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        if mark.span.start < position or mark.span.end > end:
            continue
        if mark.span.start > position:
            passages.append(Passage(text=text[position : mark.span.start]))
        passages.append(Passage(text=text[mark.span.start : mark.span.end], role=mark.role, statement=mark.statement))
        position = mark.span.end
    if position < end:
        passages.append(Passage(text=text[position:end]))
    return tuple(passages)


def context_of(text: str, statement: Statement) -> tuple[Passage, ...]:
    """Give a statement in its context: its content, cue and speaker marked, some text before and after."""
    spans = [span for span in (*statement.spans, statement.cue_span, statement.speaker_span) if span]
    if not spans or max(span.end for span in spans) > len(text):
        return ()
    start = _word_start(text, max(0, min(span.start for span in spans) - _CONTEXT))
    end = _word_end(text, min(len(text), max(span.end for span in spans) + _CONTEXT))
    return cut(text, _marks(statement), start, end)


def text_name(source: Source, statements: Sequence[Statement]) -> str | None:
    """Name the file that holds the text of a source: the text that its statements point into, itself when it is plain text."""
    plain = source.file if (source.media_type or "text/plain").startswith("text/plain") else None
    others = [statement.file for statement in statements if statement.file]
    return others[0] if others and plain not in others else plain


def whole_text(
    files: Store,
    source: Source,
    statements: Sequence[tuple[str, Statement]],
    public: Callable[[str | None], str | None],
) -> tuple[tuple[Passage, ...], bool]:
    """Give the preserved text of a source with its statements marked, and whether it had to be cut."""
    name = text_name(source, [statement for _, statement in statements])
    text = text_of(files, name) if public(name) else None
    if text is None:
        return (), False
    marks = [
        TextSpan(span=span, role="content", statement=about)
        for about, statement in statements
        if statement.file == name
        for span in statement.spans
    ]
    return cut(text, marks, 0, min(len(text), LONGEST)), len(text) > LONGEST


def _marks(statement: Statement) -> list[TextSpan]:
    single: list[tuple[Span | None, str]] = [(statement.cue_span, "cue"), (statement.speaker_span, "speaker")]
    contents = [TextSpan(span=span, role="content") for span in statement.spans]
    return contents + [TextSpan(span=span, role=role) for span, role in single if span]


def _word_start(text: str, position: int) -> int:
    space = text.find(" ", position, position + 40) if position else -1
    return space + 1 if space >= 0 else position


def _word_end(text: str, position: int) -> int:
    space = text.rfind(" ", max(0, position - 40), position) if position < len(text) else -1
    return space if space >= 0 else position
