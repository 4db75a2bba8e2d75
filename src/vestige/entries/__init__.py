"""What can be said: one frozen type a kind, the vocabularies as data. No I/O."""
