"""Merkle tree hashing and proofs (RFC 6962, section 2; RFC 9162, section 2.1) over any source of node hashes.

A *node* function gives the hash at (level, index), where level 0 are the leaf hashes and every node at a higher level covers a full,
aligned run of 2**level leaves. Proofs over *subtrees* [start, end) follow the Merkle Tree Certificates draft
(draft-ietf-plants-merkle-tree-certs, section 4); the ordinary proofs are those with start 0.
"""

import hashlib
from collections.abc import Callable, Sequence

from vestige.ledger._errors import ProofError

Node = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash a leaf: SHA-256(0x00 ‖ leaf)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def range_root(node: Node, start: int, end: int) -> bytes:
    """Give the Merkle tree hash of the leaves [start, end); ``start`` must be aligned as in a subtree."""
    size = end - start
    if size == 0:
        return EMPTY_ROOT
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(range_root(node, start, middle), range_root(node, middle, end))


def full_root(hashes: Sequence[bytes]) -> bytes:
    """Give the root over a power of two of node hashes."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """Prove that the leaf at ``index`` is in the tree of ``size`` leaves (RFC 9162, 2.1.3)."""
    if not 0 <= index < size:
        raise ProofError(f"expected a leaf index below the tree size {size}, got {index}")
    return _path(node, index, 0, size)


def _path(node: Node, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(node, index, start, middle), range_root(node, middle, end)]
    return [*_path(node, index, middle, end), range_root(node, start, middle)]


def inclusion_proofs(node: Node, size: int) -> list[list[bytes]]:
    """Prove of every leaf that it is in the tree of ``size`` leaves, as `inclusion_proof` does; each node is asked for once."""
    return _paths(node, 0, size) if size else []


def _paths(node: Node, start: int, end: int) -> list[list[bytes]]:
    if end - start == 1:
        return [[]]
    middle = start + _split(end - start)
    left, right = range_root(node, start, middle), range_root(node, middle, end)
    lower, upper = _paths(node, start, middle), _paths(node, middle, end)
    return [[*path, right] for path in lower] + [[*path, left] for path in upper]


def consistency_proof(node: Node, earlier: int, size: int) -> list[bytes]:
    """Prove that the tree of ``earlier`` leaves is a prefix of that of ``size`` leaves (RFC 9162, 2.1.4)."""
    if not 0 < earlier <= size:
        raise ProofError(f"expected an earlier size from 1 to {size}, got {earlier}")
    return _subproof(node, earlier, 0, size, complete=True)


def _subproof(node: Node, earlier: int, start: int, end: int, *, complete: bool) -> list[bytes]:
    if earlier == end:
        return [] if complete else [range_root(node, start, end)]
    middle = start + _split(end - start)
    if earlier <= middle:
        return [*_subproof(node, earlier, start, middle, complete=complete), range_root(node, middle, end)]
    return [*_subproof(node, earlier, middle, end, complete=False), range_root(node, start, middle)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf hash is at ``index`` of the tree with this size and root; raises ProofError if it is not proved."""
    verify_subtree_inclusion(leaf, index, 0, size, proof, root)


def verify_consistency(earlier: int, size: int, proof: Sequence[bytes], earlier_root: bytes, root: bytes) -> None:
    """Check that the tree (earlier, earlier_root) is a prefix of (size, root); raises ProofError if it is not proved.

    Size 0 is refused: every tree begins with the empty one, so such a proof would say nothing.
    """
    if earlier < 1:
        raise ProofError(f"expected an earlier size of at least 1, got {earlier}")
    verify_subtree_consistency(0, earlier, size, proof, earlier_root, root)


def verify_subtree_inclusion(
    leaf: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash is at ``index`` of the subtree [start, end) with this root; raises ProofError if not."""
    _require_subtree(start, end)
    if not start <= index < end:
        raise ProofError(f"expected a leaf index from {start} to {end - 1}, got {index}")
    if len(leaf) != len(EMPTY_ROOT):
        raise ProofError(f"expected a leaf hash of {len(EMPTY_ROOT)} bytes, got {len(leaf)}")
    position, last, computed = index - start, end - start - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError(f"expected a shorter proof, got {len(proof)} hashes")
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofError(f"expected a longer proof, got {len(proof)} hashes")
    _require_equal("root", root, computed)


def verify_subtree_consistency(
    start: int, end: int, size: int, proof: Sequence[bytes], subtree_root: bytes, root: bytes
) -> None:
    """Check that the subtree [start, end) with its root is part of the tree (size, root); raises ProofError if not.

    An empty subtree is part of every tree that reaches to its start; its root is that of the empty tree and its proof is empty.
    """
    if end > size:
        raise ProofError(f"expected a size of at least {end}, got {size}")
    if start == end:
        _require_equal("root of the empty part", EMPTY_ROOT, b"".join([subtree_root, *proof]))
        return
    _require_subtree(start, end)
    _climb(start, end, size, proof, subtree_root, root)


def _climb(start: int, end: int, size: int, proof: Sequence[bytes], subtree_root: bytes, root: bytes) -> None:
    """Compute both roots from the proof on the way from the subtree's last node up to the tree's root, and compare them."""
    first, last, total = start, end - 1, size - 1
    while first != last and (last == total or last & 1):
        first, last, total = first >> 1, last >> 1, total >> 1
    if first != last and not proof:
        raise ProofError("expected a longer proof, got no hash")
    start_hash, rest = (subtree_root, proof) if first == last else (proof[0], proof[1:])
    old = new = start_hash
    for sibling in rest:
        if total == 0:
            raise ProofError(f"expected a shorter proof, got {len(proof)} hashes")
        if last & 1 or last == total:
            old = node_hash(sibling, old) if first < last else old
            new = node_hash(sibling, new)
            while not last & 1:
                first, last, total = first >> 1, last >> 1, total >> 1
        else:
            new = node_hash(new, sibling)
        first, last, total = first >> 1, last >> 1, total >> 1
    if total != 0:
        raise ProofError(f"expected a longer proof, got {len(proof)} hashes")
    _require_equal("root of the part", subtree_root, old)
    _require_equal("root", root, new)


def _require_subtree(start: int, end: int) -> None:
    """Require that a subtree starts at a multiple of the power of two that covers its size."""
    width = 1 << max(0, end - start - 1).bit_length()
    if not 0 <= start < end or start % width:
        raise ProofError(
            f"expected a subtree that starts at a multiple of {width} and is not empty, got {start} to {end}"
        )


def _require_equal(what: str, expected: bytes, got: bytes) -> None:
    if expected != got:
        raise ProofError(f"expected {what} {expected.hex()}, got {got.hex()}")


def _split(size: int) -> int:
    """Give the largest power of two smaller than ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
