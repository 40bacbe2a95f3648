// Small numbers written one after the other: bytes, counts of any size, and shares that are fine where they are small.

/** A share by its root: steps of a thousandth around one per cent, of a hundredth around all. */
const shareUnits = 255;
const mostBytesOfCount = 5;

export class ByteWriter {
  readonly #bytes: number[] = [];

  /** Rounded, and kept within 0 to 255. */
  byte(value: number): void {
    this.#bytes.push(Math.min(255, Math.max(0, Math.round(value))));
  }

  /** From 0 to 1. */
  share(value: number): void {
    this.byte(Math.sqrt(Math.max(0, value)) * shareUnits);
  }

  /** Rounded, up to 2³² − 1; seven bits a byte, the lowest first. */
  count(value: number): void {
    let left = Math.min(0xffffffff, Math.max(0, Math.round(value)));
    while (left > 127) {
      this.#bytes.push((left % 128) + 128);
      left = Math.floor(left / 128);
    }
    this.#bytes.push(left);
  }

  base64(): string {
    return Buffer.from(this.#bytes).toString('base64');
  }
}

/** Reads noughts behind the end, and says so. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(base64: string) {
    this.#bytes = Buffer.from(base64, 'base64');
  }

  /** More was asked for than there is. */
  get isOver(): boolean {
    return this.#at > this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return value;
  }

  share(): number {
    return (this.byte() / shareUnits) ** 2;
  }

  count(): number {
    let value = 0;
    for (let place = 0; place < mostBytesOfCount; place += 1) {
      const byte = this.byte();
      value += (byte % 128) * 128 ** place;
      if (byte < 128) break;
    }
    return value;
  }
}
