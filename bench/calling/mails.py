"""Check mails that join a call by DKIM, on one core: mails a second.

    python bench/calling/mails.py [MAILS]        default: 2000

Each is signed by its sender's domain (RSA, 1,024 bits) and checked with the domain's record at hand. Seconds are of the processor.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.signed_mail import ZONE, mail

from vestige.mail import aligned_mail


def main(mails=2000):
    """Sign, then check and time."""
    signed = [mail("call:abcdefghijklmnop", number) for number in range(mails)]
    start = time.process_time()
    for one in signed:
        aligned_mail(one, ZONE.get)
    print(f"{mails} mails checked: {mails / (time.process_time() - start):.0f} a second")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main(*map(int, sys.argv[1:]))
