"""Every Merkle proof vector of transparency-dev/merkle."""

import base64
import json
import tarfile

import pytest

from vestige.ledger import (
    ProofError,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)


def decode(text):
    return base64.b64decode(text or "")


def check(family, v):
    proof = [decode(p) for p in v["proof"] or []]
    if family == "inclusion":
        verify_inclusion(decode(v["leafHash"]), v["leafIdx"], v["treeSize"], proof, decode(v["root"]))
    elif family == "consistency":
        verify_consistency(v["size1"], v["size2"], proof, decode(v["root1"]), decode(v["root2"]))
    elif family == "subtreeinclusion":
        verify_subtree_inclusion(decode(v["leafHash"]), v["leafIdx"], v["start"], v["end"], proof, decode(v["root"]))
    else:
        verify_subtree_consistency(v["start"], v["end"], v["size"], proof, decode(v["root1"]), decode(v["root2"]))


def test_all_vectors(shared_data):
    seen = 0
    with tarfile.open(shared_data / "ledger/merkle_vectors.tar.xz") as archive:
        for member in archive:
            if not member.name.endswith(".json"):
                continue
            vector = json.load(archive.extractfile(member))
            family = member.name.split("/")[1]
            seen += 1
            if vector["wantErr"]:
                with pytest.raises(ProofError):
                    check(family, vector)
            else:
                check(family, vector)
    assert seen == 518
