"""Kill a writer at random instants, many times, and check what is left after each. Run by the test beside it, or by hand:

    python tests/record/kill_rounds.py FOLDER ROUNDS [SEED]

Each round forks a writer that appends batches and says when one is acknowledged, kills it (SIGKILL) at a random instant, and lets a
fresh process open the record: every acknowledged entry must be there, and verification must find nothing.
"""

import os
import random
import select
import signal
import sys
from pathlib import Path

from vestige.entries import Draft, Location, Name, Site
from vestige.record import Record, verify_record

ROUNDS_A_RECORD = 5


def create(path: Path) -> None:
    """Make an empty record."""
    Record.create(path, "Kill test").close()


def write(path: Path, acknowledgements: int) -> None:
    """Append batches until killed; say the size after each."""
    seed = random.Random(os.getpid())
    with Record.open(path) as record:
        os.write(acknowledgements, b"open\n")
        while True:
            count = seed.choice([1, 1, 2, 40, 300])
            place = Location(latitude=1.5, longitude=2.5)
            receipts = record.append(
                *(Draft(Site(names=(Name(text=f"Site {n}"),), location=place)) for n in range(count))
            )
            last = receipts[-1]
            if seed.random() < 0.2:
                record.withdraw(last.entry, "a test")
            os.write(acknowledgements, f"{last.index} {last.entry}\n".encode())


def check(path: Path, lines: list[str]) -> None:
    """Raise unless every acknowledged entry is there, nothing is altered, and the record goes on, without any repair.

    What is appended here is verified by the next round, or by `check_whole` after the last.
    """
    report = verify_record(path)
    unfinished = [d for d in report.discrepancies if not (d.kind == "unexpected" and "withdrawn" in d.message)]
    assert not unfinished, unfinished
    with Record.open(path) as record:
        for line in lines:
            index, name = line.split()
            assert record.index.at(int(index)).hash == name
        record.append(Draft(Site(names=(Name(text="after"),))))
        assert record.index.size == record.checkpoint.size


def check_whole(path: Path) -> None:
    """Raise unless the record, opened and appended to since its last kill, is unchanged."""
    report = verify_record(path)
    assert report.unchanged, report.discrepancies


def in_child(work, *arguments) -> int:
    """Run a function in a forked process and give its process id."""
    child = os.fork()
    if child:
        return child
    try:
        work(*arguments)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - the parent sees the exit code
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)


def kill_once(path: Path, chance: random.Random) -> int:
    """One round; gives how many batches were acknowledged."""
    reading, writing = os.pipe()
    child = in_child(write, path, writing)
    os.close(writing)
    data, wanted = b"", chance.randint(1, 4)
    while data.count(b"\n") < wanted:
        part = os.read(reading, 65536)
        assert part, "the writer ended by itself"
        data += part
    select.select([], [], [], chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(reading, 65536):
        data += part
    os.close(reading)
    lines = [line for line in data.decode().split("\n")[:-1] if line != "open"]
    succeed(check, path, lines)
    return len(lines)


def succeed(work, *arguments) -> None:
    """Run a function in a process of its own, which must end well."""
    _, status = os.waitpid(in_child(work, *arguments), 0)
    assert status == 0, f"{work.__name__} failed on {arguments[0]}"


def main() -> None:
    """Run the rounds; start a new record when one has grown, since each round verifies the whole of it."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    acknowledged = 0
    for number in range(rounds):
        path = folder / f"record-{number // ROUNDS_A_RECORD}"
        if number % ROUNDS_A_RECORD == 0:
            succeed(create, path)
        acknowledged += kill_once(path, chance)
        if number % ROUNDS_A_RECORD == ROUNDS_A_RECORD - 1 or number == rounds - 1:
            succeed(check_whole, path)
    print(f"{rounds} kills, {acknowledged} batches acknowledged, none lost")


if __name__ == "__main__":
    main()
