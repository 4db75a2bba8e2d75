"""What a file that is no text is, by its first bytes: said in an error, so that its giver knows what went wrong."""

_KINDS = (
    (b"%PDF-", "a PDF file"), (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "a gzip archive"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"OggS", "a sound or film"), (b"ID3", "a sound"),
    (b"RIFF", "a picture, sound or film"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"), (b"fgb\x03fgb", "a FlatGeobuf file"), (b"AC10", "a DWG drawing"), (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"II*\x00", "a TIFF raster"), (b"MM\x00*", "a TIFF raster"), (b"!table\n", "a MapInfo table"), (b"!table\r\n", "a MapInfo table"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
)  # fmt: skip


def binary_kind(data: bytes) -> str | None:
    """Give in words what the bytes begin like, where that is no text: "a PDF file"; None where they may be text."""
    return next((kind for start, kind in _KINDS if data.startswith(start)), None)
