/** Reading the base map by HTTP ranges, or whole from a host that does not serve ranges. */

import type { RangeResponse, Source } from "pmtiles";

export class BasemapSource implements Source {
  readonly #address: string;
  #whole: Promise<ArrayBuffer> | null = null;

  constructor(address: string) {
    this.#address = address;
  }

  getKey(): string {
    return this.#address;
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    if (this.#whole) return slice(await this.#whole, offset, length);
    const range = `bytes=${offset}-${offset + length - 1}`;
    const response = await fetch(this.#address, { headers: { Range: range }, credentials: "omit" });
    if (response.status === 206) return { data: await response.arrayBuffer() };
    if (response.status !== 200) throw new Error(`${this.#address}: ${response.status}`);
    // The host answered with everything: keep it, and ask no more. Several first reads may each get here; the first one is kept.
    this.#whole ??= response.arrayBuffer();
    return slice(await this.#whole, offset, length);
  }
}

const slice = (whole: ArrayBuffer, offset: number, length: number): RangeResponse => ({ data: whole.slice(offset, offset + length) });
