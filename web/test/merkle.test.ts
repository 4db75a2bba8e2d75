import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Bytes, equal, fromBase64, sha256, toHex, utf8 } from "../src/ledger/bytes.ts";
import {
  consistencyProof, inclusionProof, leafHash, nodeHash, rangeHash, subtreesOf, verifyConsistency, verifyInclusion,
} from "../src/ledger/merkle.ts";

/** RFC 6962, 2.1, word for word: the oracle. */
async function mth(leaves: readonly Bytes[]): Promise<Bytes> {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leafHash(leaves[0]);
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return nodeHash(await mth(leaves.slice(0, k)), await mth(leaves.slice(k)));
}

const leavesOf = (count: number): Bytes[] => Array.from({ length: count }, (_, i) => utf8(`entry ${i}`));
const treeOf = async (count: number) => subtreesOf(await Promise.all(leavesOf(count).map(leafHash)));

test("the known hashes of RFC 6962's empty tree and empty leaf", async () => {
  assert.equal(toHex(await rangeHash(await treeOf(0), 0, 0)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(toHex(await leafHash(new Uint8Array())), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
});

test("roots are those of the definition", async () => {
  for (let size = 0; size <= 40; size++) {
    assert.ok(equal(await rangeHash(await treeOf(size), 0, size), await mth(leavesOf(size))), `size ${size}`);
  }
});

test("every proof of inclusion holds, and none for another leaf, place or size", async () => {
  for (const size of [1, 2, 3, 5, 8, 13, 21, 33]) {
    const tree = await treeOf(size);
    const root = await rangeHash(tree, 0, size);
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(tree, index, size);
      const leaf = await tree(0, index);
      assert.ok(await verifyInclusion(leaf, index, size, proof, root));
      assert.ok(!(await verifyInclusion(await leafHash(utf8("other")), index, size, proof, root)));
      if (size > 1) assert.ok(!(await verifyInclusion(leaf, (index + 1) % size, size, proof, root)));
      assert.ok(!(await verifyInclusion(leaf, index, size, [...proof, root], root)));
      if (proof.length) assert.ok(!(await verifyInclusion(leaf, index, size, proof.slice(1), root)));
    }
  }
});

test("every proof of consistency holds, and none for a rewritten beginning", async () => {
  for (let size = 1; size <= 24; size++) {
    const tree = await treeOf(size);
    const root = await rangeHash(tree, 0, size);
    for (let older = 1; older <= size; older++) {
      const olderRoot = await rangeHash(tree, 0, older);
      const proof = await consistencyProof(tree, older, size);
      assert.ok(await verifyConsistency(older, size, proof, olderRoot, root), `${older} of ${size}`);
      assert.ok(!(await verifyConsistency(older, size, proof, await leafHash(olderRoot), root)), `${older} of ${size}, rewritten`);
    }
  }
});

// The vectors of transparency-dev/merkle, where they lie beside the project.
const vectors = process.env.VESTIGE_MERKLE_VECTORS;

interface Vector {
  leafIdx: number; treeSize: number; size1: number; size2: number; root: string; root1: string; root2: string; leafHash: string;
  proof: string[] | null; desc: string; wantErr: boolean;
}

const readVectors = (kind: string): Vector[] =>
  readdirSync(join(vectors as string, kind), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(vectors as string, kind, name), "utf8")) as Vector);

const bytes = (text: string | null): Bytes => fromBase64(text ?? "");
const proofOf = ({ proof }: Vector): Bytes[] => (proof ?? []).map(bytes);

describe("vectors of transparency-dev/merkle", { skip: vectors ? false : "VESTIGE_MERKLE_VECTORS is not set" }, () => {
  test("inclusion", async () => {
    const all = readVectors("inclusion");
    assert.ok(all.length > 90);
    for (const vector of all) {
      const holds = await verifyInclusion(bytes(vector.leafHash), vector.leafIdx, vector.treeSize, proofOf(vector), bytes(vector.root));
      assert.equal(holds, !vector.wantErr, vector.desc);
    }
  });

  test("consistency", async () => {
    const all = readVectors("consistency");
    assert.ok(all.length > 90);
    for (const vector of all) {
      const holds = await verifyConsistency(vector.size1, vector.size2, proofOf(vector), bytes(vector.root1), bytes(vector.root2));
      assert.equal(holds, !vector.wantErr, `${vector.desc} ${vector.size1} ${vector.size2}`);
    }
  });
});
