"""A record on disk: ledger, archive and index. The only room that writes."""
