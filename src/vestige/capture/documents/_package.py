"""ZIP packages and the XML in them, read within bounds: no member is larger, and all together no more, than a document for people needs."""

import io
import struct
import zipfile

from lxml import etree

from vestige.capture.documents._document import DocumentError

MOST_MEMBERS, LARGEST_MEMBER, LARGEST_IN_ALL = 20_000, 40_000_000, 120_000_000


class Package:
    """A ZIP archive of which members are read by name, within bounds."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._left = LARGEST_IN_ALL
        if len(self._zip.filelist) > MOST_MEMBERS:
            raise DocumentError(
                f"expected an archive of at most {MOST_MEMBERS:,} files, got {len(self._zip.filelist):,}"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its members, in the order of the archive."""
        return tuple(self._zip.namelist())

    def read(self, name: str, *, limit: int = LARGEST_MEMBER) -> bytes:
        """Give a member's bytes; `DocumentError` where it is missing, encrypted or unpacks to more than is taken."""
        try:
            member = self._zip.getinfo(name)
        except KeyError:
            raise DocumentError(f"expected {name!r} in the archive, found none") from None
        if member.flag_bits & 1:
            raise DocumentError("the archive is encrypted", hint="add a copy without a password")
        limit = min(limit, self._left)
        with self._zip.open(member) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise DocumentError(f"{name!r} unpacks to more than {limit:,} bytes: no document for people does")
        self._left -= len(data)
        return data


def members_of(data: bytes) -> tuple[str, ...]:
    """Give the names in a ZIP archive; none where it cannot be opened."""
    try:
        return Package(data).names
    except (zipfile.BadZipFile, DocumentError, ValueError, OSError, NotImplementedError, LookupError, struct.error):
        return ()


def xml_root(data: bytes) -> etree._Element:
    """Parse XML: no entity is resolved, no file or network touched; `DocumentError` where it is none, or defines entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(data, parser)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise DocumentError("the document defines entities of its own, as no office program writes them")
    return root


def text_at(root: etree._Element, name: str) -> str | None:
    """Give the text of the first element of a name in Clark notation; None where there is none."""
    found = next(root.iter(name), None)
    return None if found is None else "".join(found.itertext())


def local(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
