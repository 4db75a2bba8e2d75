"""The round trip of asking a witness on loopback to cosign a record's checkpoint: proof, request, its check and memory on disk, answer, and the note written.

python bench/record/witness.py [ROUNDS]        default: 50
"""

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from vestige.entries import Draft, Name, Site, Witness
from vestige.record import Record
from vestige.witnessing import Witness as Serving
from vestige.witnessing import WitnessServer, cosign_record


def main():
    """Print the median and the slowest of the rounds, each after one more entry."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder, Record.create(Path(folder, "record"), "bench") as record:
        record.append(*(Draft(Site(names=(Name(text=f"Site {number}"),))) for number in range(5000)))
        serving = Serving("witness.example", record.signing_key(), record.verifiers, Path(folder, "seen"))
        with WitnessServer(serving, port=0) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            named, taken = Witness(vkey=str(serving.verifier), url=server.address), []
            for number in range(rounds):
                record.append(Draft(Site(names=(Name(text=f"One more {number}"),))))
                start = time.perf_counter()
                (done,) = cosign_record(record.path, [named])
                taken.append(time.perf_counter() - start)
                assert done.why is None
            server.shutdown()
    print(f"{rounds} rounds: median {statistics.median(taken) * 1000:.1f} ms, slowest {max(taken) * 1000:.1f} ms")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
