"""The index: a small query interface over SQLite, derived from ledger and archive, disposable.

Readers never wait for a writer (write-ahead log). The public view, which is the default, gives no withheld body.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from vestige.archive import BodyPlace
from vestige.entries import Assessment, Body, Finding, Site, derive_findings
from vestige.record._entry import Entry
from vestige.record.index._entries import IndexedEntries, unended_by
from vestige.record.index._file import settle, transaction
from vestige.record.index._words import Question, forget_words, move_bodies

_PAGE = 1000


class Index(IndexedEntries):
    """Answers questions about one record. ``required_assessors`` is that of the policy in force."""

    required_assessors = 2

    def knows(self, about: str) -> bool:
        """Whether any entry is about this thing."""
        query = "SELECT 1 FROM entry WHERE about = ? AND idx < ? AND void IS NULL LIMIT 1"
        return self.database.execute(query, (about, self.limit)).fetchone() is not None

    def void(self) -> frozenset[int]:
        """Give the positions of the entries that do not count."""
        return frozenset(idx for (idx,) in self.database.execute("SELECT idx FROM entry WHERE void IS NOT NULL"))

    def unfinished_withdrawals(self) -> list[tuple[str, str, BodyPlace]]:
        """Give hash, commitment and place of each body that a withdrawal ended and that is still in the archive."""
        rows = self.database.execute(
            "SELECT hash, commitment, visibility, pack, place, length FROM entry WHERE withdrawn_by IS NOT NULL AND pack IS NOT NULL"
        )
        return [(row[0].hex(), row[1].hex(), BodyPlace(row[2] == "withheld", *row[3:])) for row in rows]

    def entries(self, kind: str | None = None, *, current: bool = False, after: int = -1) -> Iterator[Entry]:
        """Give the entries after a position in ledger order, all kinds or one.

        ``current`` leaves out those replaced or withdrawn, and, in the public view, those withheld.
        """
        condition = "idx > ?" + (" AND kind = ?" if kind else "") + (self._standing if current else "")
        while True:
            parameters = [after, *([kind] if kind else [])]
            page = list(self._query(f"{condition} ORDER BY idx LIMIT {_PAGE}", parameters))
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].index

    def current(self, about: str) -> Entry | None:
        """Give the newest entry about a thing that stands and is public."""
        return next(
            self._query(f"about = ? AND {self._public}{self._unended} ORDER BY idx DESC LIMIT 1", [about]), None
        )

    def exact(self, site: str) -> Site | None:
        """Give a site with its exact place, from its withheld companion where it has one; in the public view, the public one."""
        found = list(
            self._query(f"about = ?{self._standing} ORDER BY visibility = 'withheld' DESC, idx DESC LIMIT 1", [site])
        )
        return found[0].body if found and isinstance(found[0].body, Site) else None

    def history(self, about: str) -> list[Entry]:
        """Give every entry about a thing, oldest first."""
        return list(self._query("about = ? ORDER BY idx", [about]))

    def cited_by(self, name: str) -> list[Entry]:
        """Give the entries that rest on this one."""
        return list(
            self._query("idx IN (SELECT idx FROM citation WHERE cited = ?) ORDER BY idx", [bytes.fromhex(name)])
        )

    def sensitive_places(self) -> list[tuple[str, float, float]]:
        """Give id, latitude and longitude of every site whose exact place is withheld, good to a metre; in the public view as well."""
        kept = f"kind = 'site' AND visibility = 'withheld' AND {unended_by('opened', self.limit)}{self._unended}"
        query = f"SELECT about, south, west FROM entry JOIN box ON box.idx = entry.idx WHERE {kept} AND entry.idx < ?"
        return self.database.execute(query, (self.limit,)).fetchall()

    def resting_on(self, thing: str) -> list[Entry]:
        """Give the entries of other things, in every version that was not withdrawn, that rest on a thing or on an entry about it.

        An entry rests on what it cites, and on the source or site that its body is of; that it merely names a thing is not that. A withdrawal, an
        opening and a policy rest on nothing.
        """
        citing = "SELECT idx FROM citation WHERE cited IN (SELECT hash FROM entry WHERE about = ?)"
        naming = "SELECT idx FROM link WHERE target = ?"
        others = "about <> ? AND kind NOT IN ('withdrawal', 'opening', 'policy')"
        left = f"{others} AND {unended_by('withdrawn', self.limit)} ORDER BY idx"
        cited = list(self._query(f"idx IN ({citing}) AND {left}", [thing, thing]))
        named = [
            entry for entry in self._query(f"idx IN ({naming}) AND {left}", [thing, thing]) if _is_of(entry, thing)
        ]
        return sorted({entry.index: entry for entry in (*cited, *named)}.values(), key=lambda entry: entry.index)

    def linked(self, target: str, kind: str) -> list[Entry]:
        """Give the standing entries of a kind that name a thing: a site, a source, an actor, a statement."""
        condition = f"idx IN (SELECT idx FROM link WHERE target = ? AND kind = ?){self._standing} ORDER BY idx"
        return list(self._query(condition, [target, kind]))

    def named_among(self, things: Sequence[str]) -> frozenset[str]:
        """Give those of some things that an entry names, be it standing or not; what is not among them has nothing linked."""
        marks = ", ".join("?" * len(things))
        query = f"SELECT DISTINCT target FROM link WHERE target IN ({marks})"
        return frozenset(target for (target,) in self.database.execute(query, things))

    def span(self, first: int, last: int) -> list[Entry]:
        """Give the entries at the positions from ``first`` up to, without, ``last``."""
        return list(self._query("idx >= ? AND idx < ? ORDER BY idx", [first, last], void=True))

    def of_site(self, site: str, kind: str) -> list[Entry]:
        """Give the standing statements, assessments or observations of a site."""
        return self.linked(site, kind)

    def of_source(self, source: str) -> list[Entry]:
        """Give the standing statements of a source."""
        return self.linked(source, "statement")

    def search(self, text: str, kind: str | None = None, limit: int = 50) -> list[Entry]:
        """Give standing entries in which every word of the text begins a word, best first; any script, case and accents aside."""
        asked = Question(self.database, text, kind)
        most = limit * 4
        while asked.words:
            hits = asked.best(most)
            found = self._standing_among(dict.fromkeys(hits), limit)
            if len(found) == limit or len(hits) < most:
                return [entry for idx in found for entry in self._query("idx = ?", [idx])]
            most *= 20
        return []

    def _standing_among(self, hits: Iterable[int], most: int) -> list[int]:
        """Give the first positions, at most so many, whose entries stand."""
        found: list[int] = []
        waiting = iter(hits)
        while len(found) < most and (part := list(itertools.islice(waiting, _PAGE // 2))):
            marks = ", ".join("?" * len(part))
            query = f"SELECT idx FROM entry WHERE void IS NULL AND idx < ? AND idx IN ({marks}){self._standing}"
            stand = {idx for (idx,) in self.database.execute(query, [self.limit, *part])}
            found += [idx for idx in part if idx in stand]
        return found[:most]

    def forget(self, ended: Sequence[tuple[str, BodyPlace]]) -> None:
        """Take out what the deleted bodies of entries told: their words, links, names in other registers, files, places.

        The bodies that were kept beside them have moved up in their file, and are found where they are now.
        """
        with transaction(self.database):
            rows = self.database.execute(
                f"SELECT idx FROM entry WHERE hash IN ({', '.join('?' * len(ended))})",
                [bytes.fromhex(name) for name, _ in ended],
            )
            forget_words(self.database, [idx for (idx,) in rows.fetchall()])
            for first in {place.first for _, place in ended}:
                move_bodies(self.database, ((place, kept.commitment) for place, kept in self._bodies.held(first)))
        settle(self.database)

    def within(self, west: float, south: float, east: float, north: float) -> list[Entry]:
        """Give the standing sites inside a box of WGS 84 degrees; a box whose west is larger than its east crosses 180 degrees."""
        if west > east:
            return sorted(
                self.within(west, south, 180, north) + self.within(-180, south, east, north), key=lambda e: e.index
            )
        boxes = "SELECT idx FROM box WHERE west >= ? AND east <= ? AND south >= ? AND north <= ?"
        near = 1e-4  # R*Tree keeps 32-bit floats, rounded outwards; the exact place decides below
        found = self._query(
            f"idx IN ({boxes}){self._standing} ORDER BY idx", [west - near, east + near, south - near, north + near]
        )
        return [entry for entry in found if _inside(entry.body, west, south, east, north)]

    def by_identifier(self, scheme: str, value: str) -> list[Entry]:
        """Give the standing entries that another register names so."""
        condition = f"idx IN (SELECT idx FROM identifier WHERE value = ? AND scheme = ?){self._standing} ORDER BY idx"
        return list(self._query(condition, [value, scheme]))

    def counts(self) -> dict[str, int]:
        """Count the standing entries a kind."""
        rows = self.database.execute(
            f"SELECT kind, count(*) FROM entry WHERE void IS NULL AND idx < ?{self._standing} GROUP BY kind ORDER BY kind",
            (self.limit,),
        )
        return dict(rows.fetchall())

    def findings(self, site: str | None = None) -> list[Finding]:
        """Derive the findings of one site, or of all, from the standing assessments."""
        entries = self.of_site(site, "assessment") if site else self.entries("assessment", current=True)
        judged = [(entry.hash, entry.body, entry.person) for entry in entries if isinstance(entry.body, Assessment)]
        return derive_findings(judged, required=self.required_assessors)

    def opened_files(self) -> list[str]:
        """Give the preserved files of the withheld bodies that were opened and not withdrawn."""
        opened = f"visibility = 'withheld' AND opened_at < ? AND {unended_by('withdrawn', self.limit)}"
        query = f"SELECT DISTINCT file.hash FROM file JOIN entry ON file.idx = entry.idx WHERE {opened}"
        return [name for (name,) in self.database.execute(query, (self.limit,))]

    def file_users(self, name: str) -> list[Entry]:
        """Give every entry that refers to a preserved file and was not withdrawn."""
        return list(
            self._query(
                f"idx IN (SELECT idx FROM file WHERE hash = ?) AND {unended_by('withdrawn', self.limit)} ORDER BY idx",
                [name],
            )
        )


def _is_of(entry: Entry, thing: str) -> bool:
    return thing in {getattr(entry.body, "source", None), getattr(entry.body, "site", None)}


def _inside(body: Body | None, west: float, south: float, east: float, north: float) -> bool:
    place = body.location if isinstance(body, Site) else None
    return place is not None and west <= place.longitude <= east and south <= place.latitude <= north
