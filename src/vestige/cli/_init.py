"""``vestige init``: make a record."""

from pathlib import Path

from vestige.cli._console import out, print_json


def init(
    folder: Path,
    *,
    name: str | None = None,
    origin: str | None = None,
    keeper: str = "keeper",
    languages: tuple[str, ...] = ("en",),
    required_assessors: int = 2,
    sensitive_cell: float = 0.1,
    licence: str | None = None,
    key: Path | None = None,
    log_key: Path | None = None,
    json: bool = False,
) -> int:
    """Make a record in a new or empty folder, with a key of its own.

    Example: vestige init heritage --name "Heritage of the upper valley"

    Parameters
    ----------
    folder
        The folder to make; its name is the record's unless --name gives another.
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
    licence
        Under which terms the record may be used.
    key
        An Ed25519 private key in PEM to keep the record with, instead of a new one.
    log_key
        An Ed25519 private key in PEM that signs the record's checkpoints, instead of a new one.
    json
        Print the result as JSON.
    """
    from vestige.entries import BLANK_KEYS, Policy
    from vestige.errors import InputError
    from vestige.publishing import require_languages
    from vestige.record import Record

    require_languages(languages)
    chosen = name or folder.resolve().name or "record"
    try:
        rules = Policy(
            name=chosen,
            origin="record",
            keys=BLANK_KEYS,
            languages=tuple(dict.fromkeys(languages)) or ("en",),
            required_assessors=required_assessors,
            sensitive_cell_degrees=sensitive_cell,
            licence=licence,
        )
    except ValueError as error:
        raise InputError(str(error), where="policy") from error
    with Record.create(folder, chosen, origin=origin, keeper=keeper, key=key, log_key=log_key, policy=rules) as record:
        policy = record.policy
        vkey = str(record.verifiers[0])
    if json:
        print_json(
            {
                "record": str(folder),
                "name": policy.name,
                "origin": policy.origin,
                "vkey": vkey,
                "keys": str(folder / "keys"),
            }
        )
        return 0
    out.print(f"made the record {policy.name!r} in {folder}")
    out.print(f"  its log is called {policy.origin}")
    out.print(f"  readers pin it by its verifier key: {vkey}")
    out.print(
        f"  its private keys, of the log and of the keeper, are in {folder / 'keys'}: keep copies elsewhere, and give them to nobody"
    )
    out.print(f"next: cd {folder} && vestige add sites FILE")
    return 0
