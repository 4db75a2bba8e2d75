"""``vestige correct``: a thing's fields set anew; what stood before stays in the history."""

from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.keeping.finding import title_of
from vestige.keeping.typed import correct as enter_correction
from vestige.keeping.typed import read_changes


def correct(thing: str, *changes: Annotated[str, Parameter(allow_leading_hyphen=True)], at: ToRecord = WRITE) -> int:
    """Correct a thing of any kind: give its fields anew. The correction is an entry of its own; what stood before stays in the history.

    A field within a field is named with a dot: --speaker.role director, --location.latitude 43.3. --name is the first name, --name.fr that in
    French. A field of several values takes them all: --countries AZ --countries AM. A hyphen empties a field: --note -

    Example: vestige correct whc:946 --name "Old Bridge of Mostar"

    Parameters
    ----------
    thing
        Its id, hash, name, title, file name, or SCHEME:VALUE of another register.
    changes
        The fields: --field value. vestige show THING names them.
    """
    with at.open() as record:
        done = enter_correction(record, thing, read_changes(changes))
    if at.json:
        print_json({"about": done.thing.about, "receipt": done.receipt, "changed": done.changed, "body": done.body})
    elif done.receipt is None:
        out.print(f"{done.thing.about} {title_of(done.thing)} says so already; nothing was entered")
    else:
        out.print(f"corrected {done.thing.about}  {title_of(done.thing)}: {', '.join(done.changed)}")
        out.print(f"  entry {done.receipt.entry} replaces {done.thing.hash}")
    return 0
