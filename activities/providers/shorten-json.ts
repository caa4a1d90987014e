const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const openObject = 0x7b;

/** The most values. A page of 100 predictions has some thousands; millions of empty objects would fill the memory. */
const mostValues = 200_000;
/** The longest text that is kept; only `data:` addresses that we read are longer. */
const mostTextBytes = 1024 * 1024;
const dataAddress = Buffer.from('data:');

/**
 * Follows JSON as it arrives and cuts each text, such as the logs of a prediction, at 1 MiB, so that it does not fill
 * the memory. `data:` addresses are kept whole.
 */
export class JsonShortener {
  #values = 0;
  /** Bytes of the text we are in; undefined outside of texts. */
  #textBytes: number | undefined;
  /** Bytes that belong to an escape which has begun. */
  #escapeBytes = 0;
  #isAddress = false;
  #isCut = false;

  /**
   * @returns the same bytes, or fewer
   * @throws RangeError where there are more values than any answer of use has
   */
  push(chunk: Uint8Array): Uint8Array {
    // A long chunk is mostly one text that needs no copying.
    if (this.#endOfPlain(chunk, 0) === chunk.byteLength) {
      this.#pass(chunk.byteLength);
      return this.#isCut ? new Uint8Array() : chunk;
    }
    const kept = Buffer.allocUnsafe(chunk.byteLength);
    let size = 0;
    for (let at = 0; at < chunk.byteLength; at += 1) {
      const end = this.#endOfPlain(chunk, at);
      this.#pass(end - at);
      if (!this.#isCut) {
        kept.set(chunk.subarray(at, end), size);
        size += end - at;
      }
      at = end;
      const byte = chunk[at];
      if (byte !== undefined && this.#keeps(byte)) kept[size++] = byte;
    }
    return size === chunk.byteLength ? kept : Buffer.from(kept.subarray(0, size));
  }

  /** @returns the end of the run of plain letters from `at` that are kept or left out together */
  #endOfPlain(chunk: Uint8Array, at: number): number {
    const textBytes = this.#textBytes ?? 0;
    if (textBytes < dataAddress.length || this.#escapeBytes !== 0) return at;
    const room = this.#isCut || this.#isAddress ? Infinity : mostTextBytes - textBytes;
    const most = Math.min(chunk.byteLength, at + room);
    let end = at;
    while (end < most && chunk[end] !== quote && chunk[end] !== backslash) end += 1;
    return end;
  }

  /** Counts plain letters of the text we are in. */
  #pass(bytes: number): void {
    if (this.#textBytes !== undefined) this.#textBytes += bytes;
  }

  #keeps(byte: number): boolean {
    if (this.#textBytes === undefined) return this.#keepOutside(byte);
    const at = this.#textBytes;
    if (this.#escapeBytes === 0 && byte === quote) {
      this.#textBytes = undefined;
      return true;
    }
    this.#textBytes += 1;
    if (at < dataAddress.length) this.#isAddress &&= byte === dataAddress[at];
    // An escape is kept or left out as a whole, the bytes of one letter of UTF-8 too.
    const isWhole = this.#escapeBytes === 0 && (byte & 0xc0) !== 0x80;
    this.#followEscape(byte);
    if (isWhole && at >= mostTextBytes && !this.#isAddress) this.#isCut = true;
    return !this.#isCut;
  }

  #keepOutside(byte: number): boolean {
    if (byte === quote) {
      this.#textBytes = 0;
      this.#isAddress = true;
      this.#isCut = false;
    } else if (byte === comma || byte === openList || byte === openObject) {
      this.#values += 1;
      if (this.#values > mostValues) throw new RangeError(`the answer has more than ${mostValues} values.`);
    }
    return true;
  }

  /** `\n` has two bytes, `\u00e4` six. */
  #followEscape(byte: number): void {
    if (this.#escapeBytes === 0) {
      if (byte === backslash) this.#escapeBytes = -1;
    } else if (this.#escapeBytes === -1) this.#escapeBytes = byte === 0x75 ? 4 : 0;
    else this.#escapeBytes -= 1;
  }
}
