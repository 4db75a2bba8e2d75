/** The audit's arithmetic: seed, sample and bounds, the same as `vestige.calling._bounds`. */

import { type Bytes, concat, fromHex, sha256, toHex, utf8 } from "../ledger/bytes.ts";

/** The seed from the hash of the last tally's entry and the auditor's number. */
export const sampleSeed = (tally: string, nonce: string): Promise<Bytes> => sha256(utf8("vestige audit 1\n"), fromHex(tally), fromHex(nonce));

/** What a draw says of an auditor's number. */
export const nonceCommitment = async (nonce: string): Promise<string> => toHex(await sha256(utf8("vestige nonce 1\n"), fromHex(nonce)));

const ALL = 1n << 64n;

/** Ascending positions, from 0, of `size` different commitments out of `population`, each equally likely. */
export async function samplePositions(seed: Bytes, size: number, population: number): Promise<number[]> {
  if (size >= population) return Array.from({ length: population }, (_, position) => position);
  const among = BigInt(population);
  const limit = ALL - (ALL % among);
  const drawn = new Set<number>();
  for (let counter = 0n; drawn.size < size; counter++) {
    const eight = new DataView(new ArrayBuffer(8));
    eight.setBigUint64(0, counter);
    const block = new DataView((await sha256(concat(seed, new Uint8Array(eight.buffer)))).buffer);
    for (let at = 0; at < 32 && drawn.size < size; at += 8) {
      const number = block.getBigUint64(at);
      if (number < limit) drawn.add(Number(number % among));
    }
  }
  return [...drawn].sort((a, b) => a - b);
}

/** The share that is bad at most, one-sided at 95 %, when `bad` of `of` were (Clopper and Pearson 1934); 1 when nobody was asked. */
export function atMost(bad: number, of: number): number {
  if (of === 0 || bad >= of) return 1;
  let [low, high] = [bad / of, 1];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (chanceOfFewer(bad, of, middle) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The chance that `bad` or fewer of `of` are bad where a share is: the lower tail of the binomial distribution. */
function chanceOfFewer(bad: number, of: number, share: number): number {
  if (share >= 1) return 0;
  if (share === 0) return 1;
  let [ways, chance] = [0, 0];
  for (let k = 0; k <= bad; k++) {
    if (k) ways += Math.log((of - k + 1) / k);
    chance += Math.exp(ways + k * Math.log(share) + (of - k) * Math.log1p(-share));
  }
  return chance;
}
