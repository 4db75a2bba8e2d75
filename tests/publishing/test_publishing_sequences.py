"""Publishing after each of several random changes gives what publishing anew gives: the full publication is the oracle of the other."""

import random
from types import SimpleNamespace

import msgspec
import pytest

from tests.publishing.conftest import site_of
from vestige.entries import Draft, Name, Site
from vestige.publishing import publish
from vestige.record import Entry

ROUNDS, MOST_CHANGES = 3, 3
replace = msgspec.structs.replace


class Changes:
    """Random changes of a record, the same for the same seed."""

    def __init__(self, ids: SimpleNamespace, seed: int) -> None:
        self.record, self.chance = ids.record, random.Random(seed)
        self.number = 0

    def standing(self, kind: str) -> list[Entry]:
        return [entry for entry in self.record.index.entries(kind, current=True) if entry.body is not None]

    def revise(self, entry: Entry, **fields) -> None:
        self.record.append(Draft(replace(entry.body, **fields), about=entry.about, replaces=entry.hash))

    def make(self) -> None:
        """Make one change, if there is something left to change."""
        self.number += 1
        kind = self.chance.choice(["site", "statement", "statement", "source", "actor", "assessment"])
        entries = self.standing(kind)
        if not entries:
            return
        entry = self.chance.choice(entries)
        if kind != "site" and self.chance.random() < 0.2:
            self.record.withdraw(entry.hash, "Entered twice")
        else:
            getattr(self, kind)(entry, again=self.chance.random() < 0.5)

    def site(self, entry: Entry, *, again: bool) -> None:
        names = (Name(text=f"Site {self.number}"),)
        self.record.append(Draft(Site(names=names))) if again else self.revise(entry, names=names)

    def actor(self, entry: Entry, *, again: bool) -> None:
        names = (Name(text=f"Actor {self.number}"),)
        self.record.append(Draft(replace(entry.body, names=names))) if again else self.revise(entry, names=names)

    def source(self, entry: Entry, *, again: bool) -> None:
        title = f"Source {self.number}"
        self.record.append(Draft(replace(entry.body, title=title))) if again else self.revise(entry, title=title)

    def assessment(self, entry: Entry, *, again: bool) -> None:
        site = self.chance.choice(self.standing("site")).about
        sources = self.standing("source")
        cites = (self.chance.choice(sources).hash,) if sources and again else ()
        self.record.append(Draft(replace(entry.body, site=site), cites=cites))

    def statement(self, entry: Entry, *, again: bool) -> None:
        sites = tuple(site.about for site in self.chance.sample(self.standing("site"), 2))
        if not again:
            self.revise(entry, sites=sites, status=self.chance.choice(["rejected", "confirmed", "candidate"]))
            return
        other, agrees = self.chance.choice(self.standing("statement")).about, self.chance.random() < 0.5
        ties = {"agrees_with": (other,) if agrees else (), "disagrees_with": () if agrees else (other,)}
        self.record.append(Draft(replace(entry.body, content=f"Statement {self.number}", sites=sites, **ties)))


@pytest.mark.parametrize("seed", range(12))
def test_publishing_again_gives_what_publishing_anew_would(seed, fresh, tmp_path):
    changes = Changes(fresh, seed)
    publish(fresh.record, fresh.out, workers=1)
    for _ in range(ROUNDS):
        for _ in range(changes.chance.randint(1, MOST_CHANGES)):
            changes.make()
        assert not publish(fresh.record, fresh.out, workers=1).full
    publish(fresh.record, tmp_path / "anew", workers=1)
    ours, anew = site_of(fresh.out), site_of(tmp_path / "anew")
    assert [path for path in sorted(ours.keys() | anew.keys()) if ours.get(path) != anew.get(path)] == []
