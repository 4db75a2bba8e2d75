/** Bytes as text and back: hexadecimal, base64, UTF-8. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

/** Decode UTF-8; throws TypeError for bytes that are none. */
export const text = (bytes: Uint8Array): string => strict.decode(bytes);

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Read lower-case hexadecimal; throws RangeError for anything else. */
export function fromHex(hex: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new RangeError(`expected lower-case hexadecimal, got ${hex.slice(0, 80)}`);
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

export const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** Read base64 with padding (RFC 4648); throws RangeError for any other spelling of the same bytes. */
export function fromBase64(base64: string): Bytes {
  const wrong = () => new RangeError(`expected base64, got ${base64.slice(0, 80)}`);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4) throw wrong();
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (toBase64(bytes) !== base64) throw wrong();
  return bytes;
}

export const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", parts.length === 1 ? (parts[0] as Bytes) : concat(...parts)));
