"""Bytes by SHA-256: files and entry bodies; public, withheld, withdrawn. Knows no kinds."""
