/**
 * Merkle trees of RFC 6962: hashes, roots, proofs.
 *
 * A tree is read through a `Subtrees`: the hash of any complete, aligned subtree. Everything else follows by the recursions of
 * RFC 6962, section 2.1. Sizes and indexes are plain numbers: a log of 2^53 entries is out of a browser's reach anyway.
 */

import { type Bytes, equal, sha256 } from "./bytes.ts";

/** Gives the hash of the complete subtree over the leaves [index · 2^level, (index + 1) · 2^level). */
export type Subtrees = (level: number, index: number) => Promise<Bytes>;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH = 32;

export const leafHash = (leaf: Uint8Array): Promise<Bytes> => sha256(LEAF, leaf);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(NODE, left, right);

/** The largest power of two smaller than n, for n > 1. */
const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** The root over the leaves [begin, end): MTH of RFC 6962. */
export async function rangeHash(subtrees: Subtrees, begin: number, end: number): Promise<Bytes> {
  const size = end - begin;
  if (size === 0) return sha256(new Uint8Array());
  const level = Math.log2(size);
  if (Number.isInteger(level) && begin % size === 0) return subtrees(level, begin / size);
  const middle = begin + split(size);
  return nodeHash(await rangeHash(subtrees, begin, middle), await rangeHash(subtrees, middle, end));
}

/** A `Subtrees` over leaf hashes in memory; each subtree is computed once. */
export function subtreesOf(leaves: readonly Bytes[]): Subtrees {
  const known = new Map<string, Promise<Bytes>>();
  const at: Subtrees = (level, index) => {
    if (level === 0) return Promise.resolve(leaves[index]);
    const key = `${level}/${index}`;
    let hash = known.get(key);
    if (!hash) {
      hash = Promise.all([at(level - 1, 2 * index), at(level - 1, 2 * index + 1)]).then(([l, r]) => nodeHash(l, r));
      known.set(key, hash);
    }
    return hash;
  };
  return at;
}

/** The audit path of leaf `index` in the tree of `size` leaves, leaf side first: PATH of RFC 6962. */
export async function inclusionProof(subtrees: Subtrees, index: number, size: number): Promise<Bytes[]> {
  const path = async (begin: number, end: number): Promise<Bytes[]> => {
    if (end - begin === 1) return [];
    const middle = begin + split(end - begin);
    return index < middle
      ? [...(await path(begin, middle)), await rangeHash(subtrees, middle, end)]
      : [...(await path(middle, end)), await rangeHash(subtrees, begin, middle)];
  };
  return path(0, size);
}

/** Whether the proof leads from the leaf hash at `index` to `root` (RFC 9162, 2.1.3.2). */
export async function verifyInclusion(
  leaf: Bytes, index: number, size: number, proof: readonly Bytes[], root: Bytes,
): Promise<boolean> {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size)) || index < 0 || index >= size || leaf.length !== HASH) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && equal(hash, root);
}

/** The proof that the tree of `older` leaves is a beginning of the tree of `size` leaves: PROOF of RFC 6962. */
export async function consistencyProof(subtrees: Subtrees, older: number, size: number): Promise<Bytes[]> {
  const proof = async (begin: number, end: number, whole: boolean): Promise<Bytes[]> => {
    if (older === end) return whole ? [] : [await rangeHash(subtrees, begin, end)];
    const middle = begin + split(end - begin);
    return older <= middle
      ? [...(await proof(begin, middle, whole)), await rangeHash(subtrees, middle, end)]
      : [...(await proof(middle, end, false)), await rangeHash(subtrees, begin, middle)];
  };
  return older === 0 ? [] : proof(0, size, true);
}

/** Whether the proof shows the older tree as a beginning of the newer one (RFC 9162, 2.1.4.2). */
export async function verifyConsistency(
  older: number, size: number, proof: readonly Bytes[], olderRoot: Bytes, root: Bytes,
): Promise<boolean> {
  if (older < 0 || older > size) return false;
  if (older === 0) return false; // RFC 6962 has no proof from the empty tree: there is nothing to prove
  if (older === size) return proof.length === 0 && equal(olderRoot, root);
  const path = [...proof];
  if (Number.isInteger(Math.log2(older))) path.unshift(olderRoot);
  const first = path.shift();
  if (!first) return false;
  let [fn, sn] = [older - 1, size - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [fr, sr] = [first, first];
  for (const hash of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [await nodeHash(hash, fr), await nodeHash(hash, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      sr = await nodeHash(sr, hash);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && equal(fr, olderRoot) && equal(sr, root);
}
