/**
 * Ed25519 (RFC 8032) by WebCrypto, with what browsers leave open settled beforehand.
 *
 * RFC 8032 lets verifiers differ on points of low order and on other spellings of a point or a scalar, and browsers do differ. Nobody can
 * hold such a key and no signer makes such a signature, so all readers of a record refuse them alike.
 */

import { type Bytes, fromHex, toHex } from "./bytes.ts";

/** Thrown where the browser's WebCrypto has no Ed25519: nothing can then be said about signatures. */
export class NoEd25519Error extends Error {
  override name = "NoEd25519Error";
}

/** The y of the eight points of low order, little-endian; each y but those of x = 0 belongs to two points, which differ in the sign bit. */
const LOW_ORDER = new Set([
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  "00".repeat(32),
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

const PRIME = fromHex(`ed${"ff".repeat(30)}7f`);
const ORDER = fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/** Whether the number `a` is less than `b`, both little-endian and of one length. */
function less(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return a[i] < b[i];
  return false;
}

/** Whether 32 bytes are the one spelling of a point, and not of one of low order. */
export function isSoundPoint(point: Uint8Array): boolean {
  if (point.length !== 32) return false;
  const y = point.slice();
  y[31] &= 0x7f;
  return less(y, PRIME) && !LOW_ORDER.has(toHex(y));
}

/** Whether 64 bytes are a signature that a signer can have made: a sound point and a scalar below the order of the group. */
const isSoundSignature = (signature: Uint8Array): boolean =>
  signature.length === 64 && isSoundPoint(signature.subarray(0, 32)) && less(signature.subarray(32), ORDER);

const imported = new Map<string, Promise<CryptoKey>>();

/** Whether this browser can check Ed25519 signatures. */
export async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch (error) {
    // A browser that knows the algorithm may refuse the bytes; one that does not says NotSupportedError.
    return !(error instanceof DOMException && error.name === "NotSupportedError");
  }
}

/** Whether `signature` over `data` was made with the key; throws NoEd25519Error where that cannot be known. */
export async function verifyEd25519(publicKey: Bytes, signature: Bytes, data: Bytes): Promise<boolean> {
  if (!isSoundPoint(publicKey) || !isSoundSignature(signature)) return false;
  const name = toHex(publicKey);
  let key = imported.get(name);
  if (!key) {
    key = crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    imported.set(name, key);
  }
  try {
    return await crypto.subtle.verify("Ed25519", await key, signature, data);
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") throw new NoEd25519Error("no Ed25519");
    return false;
  }
}
