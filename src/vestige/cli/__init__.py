"""The command line: one module a command group; parameters and print, nothing else; what a keeper does is in `keeping`.

Exit codes: 0 done, 1 a check failed, 2 wrong use or bad input, 130 stopped by the user.
Commands are named by import path, so that a command loads only what it needs.
"""

import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter

from vestige import __version__
from vestige.cli._commands import COMMANDS
from vestige.cli._console import fail
from vestige.errors import MissingExtraError, VestigeError
from vestige.extras import extra_of


def make_app(*, listed: bool = False) -> App:
    """Give the application. With ``listed``, each command has its one line only, and none is loaded to say it."""
    made = App(
        name="vestige",
        help="The public record of what happened to culture in war, that anyone can check.",
        version=__version__,
        result_action="return_value",
        help_format="plaintext",
        default_parameter=Parameter(negative_iterable=()),
        suppress_keyboard_interrupt=False,  # `main` says what is kept
    )
    for name, (place, line) in COMMANDS.items():
        made.command(f"vestige.cli.{place}", name=name, help=line if listed else None)
    return made


app = make_app()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; an error becomes one line on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if sorted(given) == ["--verbose", "--version"]:
        return _version()
    bare = given in ([], ["--help"], ["-h"])
    try:
        result = (make_app(listed=True) if bare else app)(arguments, exit_on_error=False, print_error=False)
    except KeyboardInterrupt:
        print("stopped; what was acknowledged is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (VestigeError, CycloptsError, OSError, UnicodeEncodeError) as error:
        return _refused(error)
    except Exception as error:
        said = _explained(error)
        if said is None:
            raise
        return _refused(said)
    return result if isinstance(result, int) else 0


def _explained(error: Exception) -> VestigeError | None:
    """Give what a person can do about an error that no room expected: an optional part that is missing, a damaged index; None for others."""
    if isinstance(error, ModuleNotFoundError):
        extra = extra_of(error.name or "")
        return MissingExtraError(extra, (error.name or "").partition(".")[0]) if extra else None
    from sqlite3 import DatabaseError  # only here: a command that needs no database starts without it

    if isinstance(error, DatabaseError):
        return VestigeError(f"a database of the record cannot be read: {error}", hint="vestige index --rebuild")
    return None


def _version() -> int:
    """Print the version with the SHA-256 of each script, so that those of a site and a checker from elsewhere can be compared with them."""
    from vestige.publishing.checking import lines, own_scripts

    print(__version__)
    for line in lines(own_scripts()):
        print(line)
    return 0


def _refused(error: Exception) -> int:
    """Say what is wrong in one line; where no room expected what the machine did, at least whose fault it is."""
    if isinstance(error, CycloptsError):
        return fail(" ".join(str(error).split()), hint="see: vestige --help")
    if isinstance(error, OSError):
        return fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    if isinstance(error, UnicodeEncodeError):
        return fail("expected arguments that are text in UTF-8, got bytes that are none")
    return fail(str(error))
