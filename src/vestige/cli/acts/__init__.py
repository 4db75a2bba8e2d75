"""Commands for acts: calls, visits, dialogues, readers. Parameters and print, nothing else."""
