"""The forms of registers, a file each."""
