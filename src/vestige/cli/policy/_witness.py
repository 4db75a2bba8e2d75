"""``vestige witness``: whom a record asks to cosign its checkpoints, and serving as a witness oneself."""

from pathlib import Path

import msgspec
from cyclopts import App

from vestige.cli._console import out, print_json
from vestige.entries import Draft, Policy
from vestige.entries import Witness as NamedWitness
from vestige.errors import EnvironmentFault, InputError
from vestige.keeping.finding import record_folder
from vestige.ledger import COSIGNATURE, parse_vkey
from vestige.outside import web_address
from vestige.record import Record, writer_lock
from vestige.witnessing import Witness, WitnessServer, open_settings

app = App(
    name="witness", help="Whom a record asks to cosign its checkpoints, and serving as one.", help_format="plaintext"
)


@app.command
def add(
    vkey: str,
    url: str | None = None,
    *,
    quorum: int | None = None,
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Name a witness in the policy; from then on its cosignatures are shown, and vestige publish --witness asks it.

    Example: vestige witness add witness.example.org+0a1b2c3d+BA…= https://witness.example.org

    Parameters
    ----------
    vkey
        The verifier key of the witness, as vestige witness serve prints it; given again, it stands with the new address.
    url
        The address at which it is asked (the submission prefix).
    quorum
        How many of the witnesses must have cosigned a checkpoint; unset, it stays as it is.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The keeper's private key.
    json
        Print the receipt as JSON.
    """
    witness = parse_vkey(vkey)
    if witness.algorithm != COSIGNATURE:
        raise InputError("expected the verifier key of a witness, got that of a log", where=vkey[:120])
    if url is not None:
        web_address(url)

    def changed(policy: Policy) -> Policy:
        kept = tuple(other for other in policy.witnesses if other.vkey != str(witness))
        asked = policy.quorum if quorum is None else quorum
        try:
            named = NamedWitness(vkey=str(witness), url=url)
            return msgspec.structs.replace(policy, witnesses=(*kept, named), quorum=asked)
        except ValueError as error:
            raise InputError(str(error), where=vkey[:120]) from error

    with Record.open(record_folder(record), key=key) as opened:
        current = opened.policy_entry
        (receipt,) = opened.append(Draft(changed(opened.policy), about=current.about, replaces=current.hash))
    if json:
        print_json(receipt)
    else:
        out.print(f"{witness.name} is a witness from now on, by the policy in entry {receipt.entry}")
    return 0


@app.command
def serve(
    folder: Path,
    *,
    name: str | None = None,
    log: tuple[str, ...] = (),
    host: str = "127.0.0.1",
    port: int = 8081,
) -> int:
    """Serve as a witness of logs (C2SP tlog-witness), until Ctrl-C: cosign what has grown, refuse what went back.

    Example: vestige witness serve ~/witness --name witness.example.org --log example.org/heritage+0a1b2c3d+Ad…=

    Parameters
    ----------
    folder
        Where the witness keeps its key and what it has seen; made when it is not there. Never copy it to run two witnesses with one key.
    name
        The name of the witness, needed the first time.
    log
        The verifier key of a log to watch, remembered from then on.
    host
        Address to listen at; the default is this machine only.
    port
        Port to listen at; 0 takes a free one.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with writer_lock(folder / "lock", patience_seconds=1):
        settings = open_settings(folder, name, log)
        witness = Witness(settings.name, settings.key, settings.logs, settings.memory)
        try:
            server = WitnessServer(witness, host, port)
        except OSError as error:
            raise EnvironmentFault(
                f"cannot listen: {error.strerror}", where=f"{host}:{port}", hint="choose another with --port"
            ) from error
        with server:
            out.print(
                f"{server.address} witnesses {', '.join(one.name for one in settings.logs) or 'no log yet'}; Ctrl-C stops"
            )
            out.print(f"a record names it by: vestige witness add {witness.verifier} {server.address}")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                out.print("stopped")
    return 0
