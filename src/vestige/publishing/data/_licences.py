"""Licences as data files name them: by SPDX identifier and address, where the keepers' own words begin with one that is known.

What a keeper writes is never changed: words that name no known licence stand as they are.
"""

import re

import msgspec


class Licence(msgspec.Struct, frozen=True):
    """A licence: the keepers' words, and the SPDX identifier and address that they name, if they do."""

    text: str
    spdx: str | None = None
    address: str | None = None


_CREATIVE = "https://creativecommons.org"
_KNOWN = {
    "CC0-1.0": f"{_CREATIVE}/publicdomain/zero/1.0/",
    **{
        f"CC-{terms.upper()}-{version}": f"{_CREATIVE}/licenses/{terms}/{version}/"
        for terms in ("by", "by-sa", "by-nc", "by-nc-sa", "by-nd", "by-nc-nd")
        for version in ("4.0", "3.0")
    },
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "MIT": "https://opensource.org/license/mit",
}
"""SPDX identifiers (spdx.org/licenses) and the address at which each licence stands."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def licence_of(text: str) -> Licence:
    """Find the licence that a keeper's words begin with, or whose address they give: "CC BY 4.0", "cc-by-4.0, except pictures", a link."""
    address = found.group().rstrip(".,;)") if (found := _ADDRESS.search(text)) else None
    for spdx, home in _KNOWN.items():
        if address and _bare(address).startswith(_bare(home)):
            return Licence(text, spdx, home)
    first = _bare(re.split(r"[,;(:]|\. ", text, maxsplit=1)[0])
    for spdx, home in _KNOWN.items():
        if first == _bare(spdx):
            return Licence(text, spdx, home)
    return Licence(text, None, address)


def _bare(text: str) -> str:
    return re.sub(
        r"[^a-z0-9]", "", text.casefold().removeprefix("http://").removeprefix("https://").removeprefix("www.")
    )
