"""Places named in a text, with all the candidates that each may stand for."""

from vestige.reading._model import Context, Place, Span


def find_places(text: str, body: tuple[Span, ...], language: str, context: Context | None = None) -> tuple[Place, ...]:
    """Give the places mentioned in the body, in order of their spans."""
    del text, body, language, context
    return ()
