"""Breaking an input: parts cut, doubled, moved, overwritten, or made what a parser of its kind is afraid of."""

import random

AFRAID = (
    b"", b"\0", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x80", b"-1", b"0", b"1e999", b"NaN", b"null", b"true", b"[]", b"{}",
    b'""', b"'", b'"', b"\\", b"\r\n\r\n", b"\n", b",", b";", b"=", b":", b"<", b">", b"&#0;", b"%00", b"../", b"\xed\xa0\x80", b"\\ud800", b"\xc2\x9b", b"\x1b[2J",
    b"9" * 5000, b"[" * 3000, b"{" * 3000, b"<a>" * 1000, b"(" * 2000, b"a" * 70_000, b"9999-99-99", b"2020-02-30T25:61:61Z", b"1.7976931348623157e308", b"18446744073709551616",
    "\u202e".encode(), "\ufeff".encode(), "İ".encode(), "\U0001f9ff".encode(),
)  # fmt: skip
"""Bytes at which parsers have stumbled: ends, numbers too large, nesting too deep, halves of characters."""


def broken(seed: bytes, chance: random.Random) -> bytes:
    """Break an input in one to six places, as chance has it."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(data))
        length = min(chance.choice((1, 1, 2, 4, 8, 64, 1000)), len(data) - at)
        way = chance.randrange(7)
        if way == 0:
            data[at : at + length] = bytes(chance.randrange(256) for _ in range(length))
        elif way == 1:
            data[at : at + length] = chance.choice(AFRAID)
        elif way == 2:
            data[at:at] = chance.choice(AFRAID)
        elif way == 3:
            del data[at : at + length]
        elif way == 4:
            data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
        elif way == 5:
            del data[at:]
        elif data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
    return bytes(data)
