"""`vestige publish` and `vestige serve`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from vestige.cli._console import err, out, print_json, progress
from vestige.errors import EnvironmentFault
from vestige.publishing import NotASiteError, SiteServer
from vestige.publishing import publish as publish_record
from vestige.record import Record, cosigned_of
from vestige.witnessing import cosign_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vestige.reading import Link


def publish(
    folder: Path,
    /,
    *,
    record: Path = Path(),
    base_url: Annotated[
        str | None, Parameter(help="Where the folder will be served; feeds then carry whole addresses.")
    ] = None,
    key: Annotated[Path | None, Parameter(help="The keeper's private key, when it is not in the record.")] = None,
    witness: Annotated[
        bool, Parameter(negative=(), help="Ask the witnesses of the policy to cosign the checkpoint first.")
    ] = False,
    full: Annotated[bool, Parameter(negative=(), help="Make every page anew, not only those that changed.")] = False,
    json: Annotated[bool, Parameter(negative=(), help="Print what was done as JSON.")] = False,
) -> int:
    """Write a record as a website with open data and proofs, ready for any host.

    Publishing again writes only what changed. Exit code 1 when --witness was given and fewer witnesses have cosigned than the policy asks for.

    Example: vestige publish out/ --record heritage/ --base-url https://heritage.example/
    """
    from vestige.keeping.acts.crowd import overdue_collections

    if witness:
        _ask_witnesses(record)
    with Record.open(record) as opened, progress() as bar:
        lacks = cosigned_of(opened)[1]
        task = bar.add_task("publishing", total=None)
        done = publish_record(
            opened,
            folder,
            base_url=base_url,
            key=key,
            link=link_texts,
            full=full,
            progress=lambda count, whole: bar.update(task, completed=count, total=whole),
        )
        overdue = list(overdue_collections(opened))
    for late in overdue:
        err.print(
            f"{late.call} ({late.title}): what was collected of its signers was to be kept until {late.keep_until}: "
            "vestige call destroy CALL COLLECTION"
        )
    for kind in done.unknown:
        err.print(
            f"{kind.entries} of kind {kind.kind}, first as entry {kind.first}: a newer Vestige wrote this kind, and this version does not "
            "know it; published in the ledger, without pages. Install a newer Vestige and publish again"
        )
    for file in done.skipped:
        err.print(f"{', '.join(file.sources[:3])}: the preserved file {file.sha256[:16]} stays unpublished: {file.why}")
    if done.unlinked:
        err.print(f"related news: comparing the texts {done.unlinked}; no copies or related news are named")
    if json:
        print_json(done)
    else:
        made = "everything" if done.full else "what changed"
        out.print(
            f"{done.out}: {done.files} files of {done.entries} entries; made {made}: {done.pages} pages, {done.written} files written"
        )
    if lacks:
        err.print(f"published, but not witnessed as its policy asks: {lacks}")
    return 1 if lacks and witness else 0


def _ask_witnesses(record: Path) -> None:
    """Ask the witnesses of the policy, and say what each answered."""
    with Record.open(record) as opened:
        witnesses = opened.policy.witnesses
    if not any(one.url for one in witnesses):
        err.print("the policy names no witness with an address: vestige witness add VKEY URL")
    for one in cosign_record(record, witnesses):
        err.print(f"{one.name} has not cosigned: {one.why}" if one.why else f"cosigned by {one.name}")


def link_texts(texts: "Sequence[str]") -> "list[Link]":
    """Link the texts of a record as reading does; imported only when a text has changed, since reading takes a while to load."""
    from vestige.reading import link

    return link(texts)


def serve(
    folder: Path,
    /,
    *,
    host: Annotated[str, Parameter(help="Address to listen at; the default is this machine only.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port to listen at; 0 takes a free one.")] = 8000,
) -> int:
    """Show a published record in the browser, until Ctrl-C.

    Example: vestige serve out/
    """
    if not (folder / "manifest").is_file():
        raise NotASiteError(
            "expected a published record, got a folder without a manifest", where=str(folder), hint="publish first"
        )
    try:
        server = SiteServer(folder, host, port)
    except OSError as error:
        raise EnvironmentFault(
            f"cannot listen: {error.strerror}", where=f"{host}:{port}", hint="choose another with --port"
        ) from error
    with server:
        out.print(f"{server.address} shows {folder}; Ctrl-C stops")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            out.print("stopped")
    return 0
