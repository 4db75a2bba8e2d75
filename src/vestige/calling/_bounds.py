"""The audit's arithmetic: a sample that nobody alone could choose, and what its answers allow to say.

The seed is SHA-256 over the hash of the last tally's entry and a number that the auditor committed to before that tally: the keeper does not
know the number when entering the tally, the auditor does not know the tally when committing to the number.
"""

import hashlib
import math
from collections.abc import Iterable

CONFIDENCE = 0.95
_FINE = 1e-12
"""How near the bound is looked for."""


def sample_seed(tally: str, nonce: str) -> bytes:
    """Give the seed from the hash of the last tally's entry and the auditor's nonce, both in hexadecimal."""
    return hashlib.sha256(b"vestige audit 1\n" + bytes.fromhex(tally) + bytes.fromhex(nonce)).digest()


def sample_positions(seed: bytes, size: int, population: int) -> list[int]:
    """Give ascending positions, from 0, of ``size`` different commitments out of ``population`` (all of them where there are no more).

    Numbers are SHA-256(seed ‖ counter as 8 bytes), read as four numbers of 8 bytes; those beyond the last whole multiple
    of the population are passed over, so that every position is equally likely, and so are those that were drawn before.
    """
    if size >= population:
        return list(range(population))
    limit = (1 << 64) - (1 << 64) % population
    drawn: set[int] = set()
    counter = 0
    while len(drawn) < size:
        block = hashlib.sha256(seed + counter.to_bytes(8, "big")).digest()
        for start in range(0, 32, 8):
            number = int.from_bytes(block[start : start + 8], "big")
            if number < limit and len(drawn) < size:
                drawn.add(number % population)
        counter += 1
    return sorted(drawn)


def positions_file(positions: Iterable[int]) -> bytes:
    """Give the file in which an audit preserves its positions: a number a line, in ASCII."""
    return "".join(f"{position}\n" for position in positions).encode("ascii")


def at_most(bad: int, of: int, confidence: float = CONFIDENCE) -> float:
    """Give the share that is bad at most, one-sided, when ``bad`` of ``of`` were (Clopper and Pearson 1934); 1 when nobody was asked."""
    if of == 0 or bad >= of:
        return 1.0
    low, high = bad / of, 1.0
    while high - low > _FINE:
        middle = (low + high) / 2
        low, high = (middle, high) if _chance_of_fewer(bad, of, middle) > 1 - confidence else (low, middle)
    return (low + high) / 2


def _chance_of_fewer(bad: int, of: int, share: float) -> float:
    """Give the chance that ``bad`` or fewer of ``of`` are bad where a share is: the lower tail of the binomial distribution."""
    if share >= 1.0:
        return 0.0
    ways = (math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1) for k in range(bad + 1))
    return math.fsum(
        math.exp(way + k * math.log(share) + (of - k) * math.log1p(-share)) if share else float(k == 0)
        for k, way in enumerate(ways)
    )


def projected(raw: int, sample: int, valid: int, duplicates: int) -> int:
    """Project valid signatures from a sample as California does for petitions, roundings included (Cal. Code Regs. tit. 2, § 20530-20532).

    ``duplicates`` are those found within the sample: each stands for A(A-1) in the whole, where A = raw / sample.
    """
    share = _rounded(valid / sample, 4)
    value = _rounded(raw / sample, 4)
    uncorrected = math.ceil(_rounded(raw * share, 4))
    return uncorrected - math.ceil(_rounded(_rounded(value * (value - 1), 4) * duplicates, 4))


def _rounded(number: float, places: int) -> float:
    scale: float = 10.0**places
    return math.floor(number * scale + 0.5) / scale
