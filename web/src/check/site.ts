/** The published files, as a check reads them, within bounds: no host can hold a reader for ever or fill the memory. */

import { type Bytes, concat, sha256, toHex } from "../ledger/bytes.ts";

/** Gives the bytes of a file of the site, or null where there is none. */
export interface Site {
  read(path: string): Promise<Bytes | null>;
  /** Every path, where the site can tell: a folder or an archive, but no server. */
  readonly paths?: readonly string[];
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
    ...(site.paths && { paths: site.paths }),
    async digest(path) {
      if (!known.has(path)) await read(path);
      return known.get(path) ?? null;
    },
  };
}

/** Thrown when a file could not be asked for at all: no network, a host that allows no other page to read it, or a page opened from a disk. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

/** Thrown when a host answers too slowly, or a check takes too long: nothing is then said about the files. */
export class SlowError extends Error {
  override name = "SlowError";
}

/** Thrown for a file that is larger than any of a record may be. */
export class TooLargeError extends Error {
  override name = "TooLargeError";
  readonly path: string;
  constructor(path: string) {
    super(`${path} is too large`);
    this.path = path;
  }
}

export interface Bounds {
  /** Bytes of one file. */
  readonly file: number;
  /** Bytes of all files. */
  readonly total: number;
  /** Milliseconds for all. */
  readonly time: number;
  /** Milliseconds before a file must come at `rate`. */
  readonly patience: number;
  /** Bytes a second that a host must then have given on average. */
  readonly rate: number;
}

const MEGABYTE = 1024 * 1024;
export const BOUNDS: Bounds = {
  file: 512 * MEGABYTE, total: 64 * 1024 * MEGABYTE, time: 60 * 60_000, patience: 20_000, rate: 2_000,
};

/** What a check has asked for so far; throws where a bound is met. */
class Budget {
  readonly #bounds: Bounds;
  readonly #begun = performance.now();
  #bytes = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Milliseconds until a file that began at `since` and gave `received` bytes is too slow. */
  patience(since: number, received: number): number {
    const { patience, rate, time } = this.#bounds;
    const now = performance.now();
    return Math.min(since + patience + (received / rate) * 1000 - now, this.#begun + time - now);
  }

  spend(path: string, bytes: number, ofFile: number): void {
    this.#bytes += bytes;
    if (ofFile > this.#bounds.file || this.#bytes > this.#bounds.total) throw new TooLargeError(path);
  }
}

export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** Hosts that do not tell strangers what they hold answer 403 for a file that is not there. */
const ABSENT: readonly number[] = [403, 404, 410];

/** The site under an address with a closing slash; always asks the server again. */
export function siteAt(root: URL, bounds: Bounds = BOUNDS): Site {
  const budget = new Budget(bounds);
  return {
    async read(path) {
      const stop = new AbortController();
      const since = performance.now();
      const response = await inTime(
        fetch(new URL(encodePath(path), root), { cache: "no-cache", credentials: "omit", signal: stop.signal }), path, stop, budget.patience(since, 0),
      );
      if (ABSENT.includes(response.status)) return null;
      if (!response.ok) throw new UnreachableError(`${path} (${response.status})`);
      return receive(response, path, stop, budget, since);
    },
  };
}

/** Read the body of an answer as it comes, so that neither its length nor its slowness is known too late. */
async function receive(response: Response, path: string, stop: AbortController, budget: Budget, since: number): Promise<Bytes> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const part = reader && (await inTime(reader.read(), path, stop, budget.patience(since, length)));
      if (!part || part.done) break;
      parts.push(part.value);
      length += part.value.length;
      budget.spend(path, part.value.length, length);
    }
  } catch (error) {
    stop.abort();
    throw error;
  }
  return parts.length === 1 ? (parts[0] as Bytes) : concat(...parts);
}

/** Wait for a part of an answer, but not for ever. */
async function inTime<T>(work: Promise<T>, path: string, stop: AbortController, patience: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new SlowError(path)), Math.max(0, patience));
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    stop.abort();
    throw error instanceof SlowError ? error : new UnreachableError(path);
  } finally {
    clearTimeout(timer);
  }
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
