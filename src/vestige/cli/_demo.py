"""``vestige demo``: the example record, made, published, verified and served."""

import shutil
import sys
from pathlib import Path

from vestige.cli._console import out, print_json, progress
from vestige.cli._publish import link_texts
from vestige.errors import EnvironmentFault, InputError
from vestige.example import NAME, build_example
from vestige.publishing import SiteServer, publish, verify_site
from vestige.record import Record

_DEFAULT = Path("vestige-demo")


def demo(
    folder: Path = _DEFAULT, *, serve: bool = True, host: str = "127.0.0.1", port: int = 8000, json: bool = False
) -> int:
    """Make the example record, publish it, verify it, and show it in the browser until Ctrl-C.

    Sixteen well-known places whose damage and recovery are public fact, each fact with its source, and a sample that stands nowhere. Running it again shows the same record.

    Example: vestige demo --no-serve

    Parameters
    ----------
    folder
        Where to write: the record to FOLDER/record, its site to FOLDER/site, the documents of a sample letter to FOLDER/letter.
    serve
        Show the site until Ctrl-C; --no-serve ends after the check.
    host
        Address to listen at; the default is this machine only.
    port
        Port to listen at; when it is taken, a free one is used.
    json
        Print the outcome of the check as JSON.
    """
    made = _make(folder)
    site = folder / "site"
    with Record.open(folder / "record") as record, progress() as bar:
        counts = record.index.counts()
        task = bar.add_task("publishing", total=None)
        publish(
            record, site, link=link_texts, progress=lambda done, whole: bar.update(task, completed=done, total=whole)
        )
    report = verify_site(site)
    if json:
        print_json(
            {"record": str(folder / "record"), "site": str(site), "made": made, "standing": counts, "report": report}
        )
    else:
        out.print(f"{'made' if made else 'found'} the example record in {folder / 'record'}: {_counted(counts)}")
        out.print(f"published to {site}, {report.files} files")
        out.print(f"verified: {'unchanged since it was entered' if report.unchanged else 'NOT as it was entered'}")
        _print_next(folder)
    if not report.unchanged:
        out.print(f"see: vestige verify {site}")
        return 1
    return _serve(site, host, port) if serve else 0


def _print_next(folder: Path) -> None:
    """Say what to type next, in the way that this program was called."""
    called = Path(sys.argv[0])
    name = (
        "vestige" if shutil.which("vestige") else str(called) if called.name == "vestige" else "python -m vestige.cli"
    )
    record = folder / "record"
    out.print("next, in another terminal:")
    out.print(f"  {name} search bridge --record {record}")
    out.print(f"  {name} verify {folder / 'site'}")
    if (folder / "letter").is_dir():
        out.print(f"  {name} verify {folder / 'letter' / 'bundle.zip'}")
    out.print(f"  {name} init my-record")


def _make(folder: Path) -> bool:
    """Make the record unless it is there; give whether it was made. A record that was half made is made again."""
    place, half, letter = folder / "record", folder / "record.unfinished", folder / "letter"
    if place.exists():
        with Record.open(place) as record:
            if record.policy.name != NAME:
                raise InputError(
                    f"expected the example record, got {record.policy.name!r}",
                    where=str(place),
                    hint="give another folder",
                )
        return False
    if folder.is_dir() and not {entry.name for entry in folder.iterdir()} <= {half.name, letter.name}:
        raise InputError(
            "expected a new or empty folder, or that of an earlier demo, got one that holds something else",
            where=str(folder),
            hint="give another folder",
        )
    for unfinished in (half, letter):
        shutil.rmtree(unfinished, ignore_errors=True)
    build_example(half, letter).close()
    half.rename(place)
    return True


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts.get(kind, 0)} {kind}s" for kind in ("site", "source", "statement", "assessment"))


def _serve(site: Path, host: str, port: int) -> int:
    for number in (port, 0):
        try:
            server = SiteServer(site, host, number)
            break
        except OSError as error:
            fault = error
    else:
        raise EnvironmentFault(f"cannot listen: {fault.strerror}", where=host, hint="give another --host or --port")
    with server:
        out.print(f"{server.address} shows it; Ctrl-C stops")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            out.print("stopped")
    return 0
