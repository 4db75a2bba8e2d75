"""``vestige policy``: what a record says of itself, shown and set."""

from typing import Annotated

import msgspec
from cyclopts import App, Parameter

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, WRITE, InRecord, ToRecord
from vestige.keeping.typed import read_changes, set_policy

app = App(
    name="policy",
    help="What a record says of itself: name, description, balance, limits, contact.",
    help_format="plaintext",
)


@app.command
def show(*, at: InRecord = READ) -> int:
    """Show the policy in force.

    Example: vestige policy show
    """
    with at.read() as record:
        entry, policy = record.policy_entry, record.policy
    said = {name: value for name, value in msgspec.to_builtins(policy).items() if name != "keys"}
    if at.json:
        print_json({"entry": entry.hash, "policy": policy})
        return 0
    translations = said.pop("translations", ())
    for name, value in said.items():
        out.print(f"{name}: {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}")
    for one in translations:
        out.print(f"{one['field']}.{one['language']}: {one['text']}")
    out.print(f"{len(policy.keys)} keys; vestige key list shows them")
    if policy.contact is None:
        out.print("no contact: readers cannot say what is wrong or ask for something to be taken back; give --contact")
    return 0


@app.command(name="set")
def set_fields(*changes: Annotated[str, Parameter(allow_leading_hyphen=True)], at: ToRecord = WRITE) -> int:
    """Set what a record says of itself; a keeper's key signs it. A hyphen empties a field.

    The fields: --name, --description, --balance, --limits, --contact, --imprint, --licence (each in a language too: --description.fr), --language
    (of these texts), --region (country codes), --languages (of the pages), --logo (a picture), --colour, --required-assessors,
    --sensitive-cell-degrees.

    Example: vestige policy set --contact "mail@example.org" --description.fr "Le registre du val" --region AZ --region AM

    Parameters
    ----------
    changes
        The fields: --field value.
    """
    with at.open() as record:
        receipt, changed = set_policy(record, read_changes(changes))
    if at.json:
        print_json({"receipt": receipt, "changed": changed})
    elif receipt is None:
        out.print("the policy says so already; nothing was entered")
    else:
        out.print(f"set {', '.join(changed)}, by the policy in entry {receipt.entry}")
    return 0
