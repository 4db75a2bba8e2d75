"""One run of publication: what is planned, written by several workers, and put in place."""
