"""What a footnote says of an entry, and which preserved files go with it."""

from collections.abc import Iterable, Iterator

from vestige.appealing._composed import Citation, HeldFile, direction_of
from vestige.appealing.sentences import Words
from vestige.entries import Assessment, Observation, Site, Source, Statement, files_of, shortened
from vestige.publishing.words import Language, language
from vestige.record import Entry, RecordReader


class Citations:
    """Words footnotes of one record in one language."""

    def __init__(self, words: Words, record: RecordReader) -> None:
        self.words, self.record = words, record
        self.language: Language = language(words.language)

    def citation(self, name: str) -> Citation:
        """Give the footnote of an entry: what it is, by whom and of when, then entry and record."""
        entry = self.record.index.entry(name)
        assert entry is not None  # noqa: S101 - sentences cite entries that are there
        kind, title = self.kind(entry), self.title(entry)
        filling = {"kind": kind, "title": title, "entry": name[:16], "record": self.record.policy.origin}
        text = self.words.print["footnote"].format(index=entry.index, **filling)
        source = self._source(entry)
        return Citation(
            entry=name,
            index=entry.index,
            kind=entry.kind,
            thing=entry.about,
            text=text,
            language=self.words.language,
            form=source.form if source else None,
            nature=source.nature if source else None,
            address=source.address if source else None,
            file=source.file if source else None,
            captured=source.captured if source else None,
        )

    def kind(self, entry: Entry) -> str:
        """Give the kind of an entry in words."""
        return self.language.term(entry.kind, "kind") or entry.kind

    def title(self, entry: Entry) -> str:
        """Say what an entry is: title, maker and date.

        Where it is read from right to left, a mark of direction closes each part, so that a name in Latin letters draws no number to itself.
        """
        mark = "\u200f" if direction_of(self.words.language) == "rtl" else ""
        return f"{mark}{self.words.mark['comma']}".join(filter(None, self._parts(entry)))

    def files(self, names: Iterable[str]) -> Iterator[HeldFile]:
        """Give the preserved files of the entries, each once; those of a withheld entry are not public."""
        seen: set[str] = set()
        for name in names:
            entry = self.record.index.entry(name)
            for file in files_of(entry.body) if entry and entry.body else ():
                if file not in seen:
                    seen.add(file)
                    yield self._file(file, entry)

    def _file(self, file: str, entry: Entry | None) -> HeldFile:
        assert entry is not None  # noqa: S101 - the caller has looked
        source = self._source(entry)
        known = source if source and source.file == file else None
        return HeldFile(
            file=file,
            name=(known.file_name if known else None) or f"{file[:16]}.bin",
            media_type=(known.media_type if known else None) or "application/octet-stream",
            entry=entry.hash,
            size=known.size if known else None,
            public=entry.envelope.visibility == "public",
            alternative=known.title if known else None,
        )

    def _source(self, entry: Entry) -> Source | None:
        body = entry.body
        if isinstance(body, Statement):
            found = self.record.index.current(body.source)
            return found.body if found and isinstance(found.body, Source) else None
        return body if isinstance(body, Source) else None

    def _parts(self, entry: Entry) -> tuple[str | None, ...]:
        body = entry.body
        if isinstance(body, Site):
            return (self.language.name(body.names).text,)
        if isinstance(body, Source):
            return (
                body.author,
                body.title,
                body.publisher,
                self.language.date(body.published) if body.published else None,
            )
        if isinstance(body, Assessment):
            who = (body.assessor.name, body.assessor.organisation)
            return (*who, self.language.term(body.condition, "condition"), self.language.window(body.window))
        if isinstance(body, Statement):
            said = self.language.window(body.said) if body.said else None
            return (body.speaker.name, body.speaker.role, body.speaker.organisation, said, shortened(body.content, 60))
        if isinstance(body, Observation):
            return (body.method, self.language.window(body.after))
        return tuple(shortened(name.text) for name in (body.named() if body else ())[:1])
