"""The public record: static site, open data, proofs, browser check."""
