"""What catalogues say of scenes: footprints, and what the numbers in a file mean."""
