/** The published files, as a check reads them. */

import { type Bytes, sha256, toHex } from "../ledger/bytes.ts";

/** Gives the bytes of a file of the site, or null where there is none. */
export interface Site {
  read(path: string): Promise<Bytes | null>;
}

/** A site that remembers the hash of what was read of it, so that a check asks for no file twice. */
export interface Reader extends Site {
  /** The SHA-256 of a file in hexadecimal, or null where there is none. */
  digest(path: string): Promise<string | null>;
}

/** Begin to read a site: what is remembered belongs to one check. */
export function readerOf(site: Site): Reader {
  const known = new Map<string, string | null>();
  const read = async (path: string): Promise<Bytes | null> => {
    const bytes = await site.read(path);
    known.set(path, bytes && toHex(await sha256(bytes)));
    return bytes;
  };
  return {
    read,
    async digest(path) {
      if (!known.has(path)) await read(path);
      return known.get(path) ?? null;
    },
  };
}

/** Thrown when a file could not be asked for at all: no network, or a page opened from a disk. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** The site under an address with a closing slash; always asks the server again. */
export function siteAt(root: URL): Site {
  return {
    async read(path) {
      let response: Response;
      try {
        response = await fetch(new URL(encodePath(path), root), { cache: "no-cache", credentials: "omit" });
      } catch {
        throw new UnreachableError(path);
      }
      if (response.status === 404 || response.status === 410) return null;
      if (!response.ok) throw new UnreachableError(`${path} (${response.status})`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** Do `work` for each item, a few at a time, and keep the order of the results. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>, limit = 8): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
