"""Which variants of a test run: all of them before a release, and else those that try in part what the long ones try whole."""

import os

LONG = bool(os.environ.get("VESTIGE_LONG"))
"""Set by `make test-long`."""
