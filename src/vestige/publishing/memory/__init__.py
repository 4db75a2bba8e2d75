"""What one publication remembers for the next, and nothing else."""
