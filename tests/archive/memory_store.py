"""A store that keeps everything in memory: the second one, which shows that no caller needs a folder."""

import hashlib
import io

from vestige.archive import ArchiveError, Kept, Store


class MemoryStore(Store):
    """Bytes by shelf and name; what is opened has no number that the system knows, as from a service of the web."""

    def __init__(self):
        self.shelves = {False: {}, True: {}}

    def put(self, content, *, withheld=False):
        try:
            data = content if isinstance(content, bytes) else content.read_bytes()
        except OSError as error:
            raise ArchiveError("expected a file that can be read", where=str(content)) from error
        name = hashlib.sha256(data).hexdigest()
        if not withheld:
            self.shelves[True].pop(name, None)
        self.shelves[withheld and name not in self.shelves[False]][name] = data
        return name

    def open(self, name, *, withheld=False):
        return io.BytesIO(self._bytes(name, withheld))

    def exists(self, name, *, withheld=False):
        return name in self.shelves[withheld]

    def size(self, name, *, withheld=False):
        return len(self._bytes(name, withheld))

    def delete(self, name):
        for shelf in self.shelves.values():
            shelf.pop(name, None)

    def walk(self):
        for withheld, shelf in self.shelves.items():
            yield from (
                Kept(f"{'withheld' if withheld else 'public'}/{name}", name, withheld) for name in sorted(shelf)
            )

    def make_public(self, name):
        if name in self.shelves[True]:
            self.shelves[False][name] = self.shelves[True].pop(name)

    def _bytes(self, name, withheld):
        try:
            return self.shelves[withheld][name]
        except KeyError as error:
            raise ArchiveError("expected a preserved file, got none", where=name) from error
