"""The command line: one module a command group; it composes the rooms and holds no logic.

Exit codes: 0 done, 1 a check failed, 2 wrong use or bad input, 130 stopped by the user.
Commands are named by import path, so that a command loads only what it needs.
"""

import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter

from vestige import __version__
from vestige.cli._console import fail
from vestige.errors import VestigeError

app = App(
    name="vestige",
    help="The public record of what happened to culture in war, that anyone can check.",
    version=__version__,
    result_action="return_value",
    help_format="plaintext",
    default_parameter=Parameter(negative_iterable=()),
    suppress_keyboard_interrupt=False,  # `main` says what is kept
)
app.command("vestige.cli._init:init", name="init")
app.command("vestige.cli.adding._add:app", name="add")
app.command("vestige.cli._state:state", name="state")
app.command("vestige.cli._read:read", name="read")
app.command("vestige.cli._review:review", name="review")
app.command("vestige.cli._assess:assess", name="assess")
app.command("vestige.cli._withdraw:withdraw", name="withdraw")
app.command("vestige.cli._index:index", name="index")
app.command("vestige.cli._keys:app", name="key")
app.command("vestige.cli._demo:demo", name="demo")
app.command("vestige.cli.observing._observe:observe", name="observe")

app.command("vestige.cli.study._study:app", name="study")
app.command("vestige.cli._publish:publish", name="publish")
app.command("vestige.cli._publish:serve", name="serve")
app.command("vestige.cli._verify:verify", name="verify")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; an error becomes one line on standard error."""
    if list(sys.argv[1:] if arguments is None else arguments) in ([], ["--help"], ["-h"]):
        _load_descriptions()
    try:
        result = app(arguments, exit_on_error=False, print_error=False)
    except KeyboardInterrupt:
        print("stopped; what was acknowledged is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (VestigeError, CycloptsError, OSError, UnicodeEncodeError) as error:
        return _refused(error)
    except Exception as error:
        from sqlite3 import DatabaseError  # only here: a command that needs no database starts without it

        if not isinstance(error, DatabaseError):
            raise
        return fail(f"a database of the record cannot be read: {error}", hint="vestige index --rebuild")
    return result if isinstance(result, int) else 0


def _refused(error: Exception) -> int:
    """Say what is wrong in one line; where no room expected what the machine did, at least whose fault it is."""
    if isinstance(error, CycloptsError):
        return fail(" ".join(str(error).split()), hint="see: vestige --help")
    if isinstance(error, OSError):
        return fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    if isinstance(error, UnicodeEncodeError):
        return fail("expected arguments that are text in UTF-8, got bytes that are none")
    return fail(str(error))


def _load_descriptions() -> None:
    """Load every command, so that the list of commands says what each is for."""
    for name in list(app):
        _ = app[name]
