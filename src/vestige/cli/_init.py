"""``vestige init``: make a record."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json
from vestige.entries import Policy
from vestige.keeping.typed import first_policy, read_changes
from vestige.record import Record


def init(
    folder: Path,
    *texts: Annotated[str, Parameter(allow_leading_hyphen=True)],
    name: str | None = None,
    origin: str | None = None,
    keeper: str = "keeper",
    languages: tuple[str, ...] = ("en",),
    required_assessors: int = 2,
    sensitive_cell: float = 0.1,
    description: str | None = None,
    balance: str | None = None,
    limits: str | None = None,
    region: tuple[str, ...] = (),
    contact: str | None = None,
    imprint: str | None = None,
    licence: str | None = None,
    language: str | None = None,
    logo: Path | None = None,
    colour: str | None = None,
    key: Path | None = None,
    log_key: Path | None = None,
    json: bool = False,
) -> int:
    """Make a record in a new or empty folder, with a key of its own.

    What it says of itself can be given in each language, --description.fr "…", and set later: vestige policy set.

    Example: vestige init heritage --name "Heritage of the upper valley" --contact mail@example.org

    Parameters
    ----------
    folder
        The folder to make; its name is the record's unless --name gives another.
    texts
        The same texts in other languages: --name.fr "…", --description.hy "…".
    name
        What the record is called.
    origin
        The name of the log on its checkpoints, such as example.org/heritage; it never changes.
    keeper
        The handle of the first keeper, never a real name: a policy cannot be erased.
    languages
        Languages of readers, in the order in which names are shown: --languages en --languages fr.
    required_assessors
        How many assessors must agree for a finding to be called agreed.
    sensitive_cell
        Width in degrees of the grid cells that sensitive sites are shown in: 0.1, 0.5 or 1.
    description
        What it is about, at the head of the front page.
    balance
        Whose sites and whose sources it holds, in your own words.
    limits
        What it does not cover.
    region
        Country codes of what it covers: --region AM --region AZ.
    contact
        Where readers say what is wrong or ask for something to be taken back; without one the pages say that there is none.
    imprint
        Who is answerable for the pages.
    licence
        Under which terms the record may be used, such as CC-BY-4.0.
    language
        The language of these texts, such as en.
    logo
        A picture for the head of the pages, PNG, JPEG or WebP; it is drawn anew, so that nothing else of the file is kept.
    colour
        A colour for links and marks, such as #1b4a63; one that could not be read is refused.
    key
        An Ed25519 private key in PEM to keep the record with, instead of a new one.
    log_key
        An Ed25519 private key in PEM that signs the record's checkpoints, instead of a new one.
    json
        Print the result as JSON.
    """
    chosen = name or folder.resolve().name or "record"
    given = {
        "description": description, "balance": balance, "limits": limits, "contact": contact, "imprint": imprint, "licence": licence,
        "language": language, "logo": str(logo) if logo else None, "colour": colour, "required_assessors": str(required_assessors),
        "sensitive_cell_degrees": str(sensitive_cell),
    }  # fmt: skip
    changes: dict[str, list[str]] = {field: [value] for field, value in given.items() if value is not None}
    changes |= {"name": [chosen], "languages": list(dict.fromkeys(languages)) or ["en"], "region": list(region)}
    said = first_policy(changes | (read_changes(texts) if texts else {}))
    rules = said.policy
    with Record.create(
        folder, rules.name, origin=origin, keeper=keeper, key=key, log_key=log_key, policy=rules
    ) as record:
        if said.logo is not None:
            record.add_file(said.logo)
        policy = record.policy
        vkey = str(record.verifiers[0])
    if json:
        made = {"record": str(folder), "name": policy.name, "origin": policy.origin, "vkey": vkey}
        print_json(made | {"keys": str(folder / "keys")})
        return 0
    _tell(folder, policy, vkey)
    return 0


def _tell(folder: Path, policy: Policy, vkey: str) -> None:
    """Say what was made, what to keep safe, and what comes next."""
    out.print(f"made the record {policy.name!r} in {folder}")
    out.print(f"  its log is called {policy.origin}")
    out.print(f"  readers pin it by its verifier key: {vkey}")
    keys = folder / "keys"
    out.print(
        f"  its private keys, of the log and of the keeper, are in {keys}: keep copies elsewhere, and give them to nobody"
    )
    if policy.contact is None:
        out.print("  no contact: its pages will say so; give one with vestige policy set --contact mail@example.org")
    out.print(f"next: cd {folder} && vestige add sites FILE")
