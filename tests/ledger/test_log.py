"""The log against a naive Merkle tree written from RFC 6962 by recursion over all leaves."""

import base64
import contextlib
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from vestige.ledger import (
    Checkpoint,
    Extension,
    FolderSource,
    NoteError,
    ProofError,
    TileError,
    Tiles,
    Verifier,
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
    join_bundle,
    leaf_hash,
    parse_checkpoint,
    range_root,
    sign_note,
    split_note,
    tile_path,
    verify_checkpoint,
    verify_consistency,
    verify_inclusion,
)


class Memory:
    def __init__(self):
        self.files = {}

    def read(self, path):
        return self.files.get(path)


def naive_root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def grow(batches):
    source, leaves = Memory(), []
    for batch in batches:
        new = [b"%d" % (len(leaves) + i) for i in range(batch)]
        extension = Extension(source, len(leaves), new)
        leaves += new
        source.files.update(extension.files)
        for path in extension.superseded:
            if path not in extension.files:
                del source.files[path]
        assert extension.size == len(leaves)
        assert extension.root == naive_root(leaves)
    return source, leaves


@given(st.lists(st.integers(1, 700), min_size=1, max_size=5))
def test_any_batching_gives_the_same_tree_and_leaves(batches):
    source, leaves = grow(batches)
    tiles = Tiles(source, len(leaves))
    assert list(tiles.leaves()) == leaves
    assert source.files == grow([len(leaves)])[0].files
    assert list(tiles.leaves(len(leaves) // 3, len(leaves) // 2)) == leaves[len(leaves) // 3 : len(leaves) // 2]


@given(st.integers(1, 1200), st.data())
def test_proofs_hold_and_altered_ones_do_not(size, data):
    source, leaves = grow([size])
    tiles = Tiles(source, size)
    root = naive_root(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(tiles.node, index, size)
    verify_inclusion(leaf_hash(leaves[index]), index, size, proof, root)
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(b"another"), index, size, proof, root)
    earlier = data.draw(st.integers(1, size))
    proof = consistency_proof(tiles.node, earlier, size)
    verify_consistency(earlier, size, proof, naive_root(leaves[:earlier]), root)
    with pytest.raises(ProofError):
        verify_consistency(earlier, size, proof, b"x" * 32, root)


@given(st.integers(0, 600))
def test_all_proofs_at_once_are_those_of_each_leaf(size):
    tiles = Tiles(grow([size])[0], size)
    assert inclusion_proofs(tiles.node, size) == [inclusion_proof(tiles.node, index, size) for index in range(size)]


def test_a_tree_deeper_than_two_tiles():
    source, leaves = grow([65_536 + 300])
    assert tile_path(2, 0, 1) in source.files
    tiles = Tiles(source, len(leaves))
    assert range_root(tiles.node, 0, 300) == naive_root(leaves[:300])


@pytest.mark.parametrize("later", [100, 500], ids=["a wider part", "a full tile"])
def test_a_reader_of_an_earlier_checkpoint_reads_the_wider_tile(tmp_path, later):
    memory, leaves = grow([300, later])
    for path, data in memory.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    source = FolderSource(tmp_path)
    tiles = Tiles(source, 300)
    assert list(tiles.leaves()) == leaves[:300]
    assert range_root(tiles.node, 0, 300) == naive_root(leaves[:300])
    for level, data in ((0, b"".join(map(leaf_hash, leaves[256:300]))), ("entries", join_bundle(leaves[256:300]))):
        assert source.read(tile_path(level, 1, 44)) == (data if later == 100 else None)


def test_a_part_is_read_out_of_a_wider_one(tmp_path):
    memory, leaves = grow([300])
    for level, data in ((0, b"".join(map(leaf_hash, leaves[256:]))), ("entries", join_bundle(leaves[256:]))):
        wider = tmp_path / tile_path(level, 1, 44)
        wider.parent.mkdir(parents=True)
        wider.write_bytes(memory.files[tile_path(level, 1, 44)])
        assert FolderSource(tmp_path).read(tile_path(level, 1, 44)) == data
        cut = 20 * 32 if level == 0 else len(join_bundle(leaves[256:276]))
        assert FolderSource(tmp_path).read(tile_path(level, 1, 20)) == data[:cut]


def test_paths_follow_the_specification():
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 7, 12) == "tile/entries/007.p/12"


@pytest.mark.parametrize(
    ("number", "path"),
    [(0, "000"), (999, "999"), (1000, "x001/000"), (999_999, "x999/999"), (1_000_000, "x001/x000/000")],
)
def test_the_thousandth_tile_begins_a_folder(number, path):
    assert tile_path(0, number) == f"tile/0/{path}"


@pytest.mark.parametrize(
    "line",
    [
        "- key AAAAAAAA",  # another dash
        "key AAAAAAAA",
        "— AAAAAAAA",  # no name
        "—  AAAAAAAA",
        "— key",
        "— keyAAAAAAAA",
        "— key AAAAAA==",  # a key id and no signature
    ],
)
def test_a_signature_line_has_a_dash_a_name_a_blank_and_a_signature(line):
    with pytest.raises(NoteError):
        split_note(f"text\n\n{line}\n".encode())
    assert split_note("text\n\n— key AAAAAAAA\n".encode()) == ("text\n", [("key", bytes(6))])


@pytest.mark.parametrize("path", ["tile/0/000.p/5", "tile/entries/000.p/5"])
def test_a_missing_or_truncated_tile_is_named(path):
    source, _ = grow([5])
    for damage in (None, source.files[path][:-1]):
        source.files[path] = damage
        with pytest.raises(TileError, match=path.replace(".", r"\.")):
            _ = [*Tiles(source, 5).leaves(), range_root(Tiles(source, 5).node, 0, 5)]


def test_a_checkpoint_is_a_signed_note_of_the_known_form():
    key = Ed25519PrivateKey.generate()
    checkpoint = Checkpoint("example.org/log", 3, b"r" * 32)
    note = checkpoint.sign(key)
    lines = note.decode().split("\n")
    assert lines[:4] == ["example.org/log", "3", base64.b64encode(b"r" * 32).decode(), ""]
    assert lines[4].startswith("— example.org/log ")
    verifier = Verifier("example.org/log", key.public_key())
    assert verify_checkpoint(note, [verifier]) == checkpoint
    stranger = Verifier("example.org/log", Ed25519PrivateKey.generate().public_key())
    with pytest.raises(NoteError, match="expected a signature"):
        verify_checkpoint(note, [stranger])


def test_a_known_key_whose_signature_does_not_fit_is_refused_even_beside_a_good_one():
    key = Ed25519PrivateKey.generate()
    good = sign_note("a\n", "log", key)
    other = sign_note("b\n", "log", key)
    with pytest.raises(NoteError):
        verify_checkpoint(good + other.split(b"\n\n")[1], [Verifier("log", key.public_key())])


@given(st.binary(max_size=300))
def test_no_bytes_make_the_parser_raise_anything_but_its_own_error(note):
    with contextlib.suppress(NoteError):
        parse_checkpoint(note)


@given(st.data())
def test_no_alteration_of_a_note_makes_the_parser_raise_anything_but_its_own_error(data):
    note = Checkpoint("example.org/log", 3, b"r" * 32).sign(Ed25519PrivateKey.from_private_bytes(b"k" * 32))
    start = data.draw(st.integers(0, len(note)))
    new = data.draw(st.sampled_from(["é", "²", "9" * 5000, "-", "=", "\n", "\0"]))
    with contextlib.suppress(NoteError):
        parse_checkpoint(note[:start] + new.encode() + note[start + data.draw(st.integers(0, 3)) :])


def test_the_published_example_of_the_specification_has_the_right_key_id():
    # The example key of the signed-note specification: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    raw = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    verifier = Verifier("PeterNeumann", Ed25519PublicKey.from_public_bytes(raw))
    assert str(verifier) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
