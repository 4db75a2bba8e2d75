"""What holds a record: receipts, what is remembered of others, and taking a record back."""
