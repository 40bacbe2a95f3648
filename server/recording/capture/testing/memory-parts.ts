// For tests: a part sink that keeps the parts in memory.

import type { Fragment, PartHeader, PartSink } from '../part-sink.ts';

export type MemoryPart = { readonly header: PartHeader; readonly fragments: Fragment[]; closed: boolean };

export class MemoryParts implements PartSink {
  readonly parts: MemoryPart[] = [];
  asked = 0;

  partOpened(header: PartHeader): void {
    this.parts.push({ header, fragments: [], closed: false });
  }

  fragment(fragment: Fragment): void {
    this.parts.at(-1)?.fragments.push(fragment);
  }

  partClosed(): void {
    const part = this.parts.at(-1);
    if (part) part.closed = true;
  }

  keyFrameWanted(): void {
    this.asked++;
  }

  bytes(index: number): Buffer {
    const part = this.parts[index];
    if (!part) throw new RangeError(`no part ${index}`);
    return Buffer.concat([part.header.bytes, ...part.fragments.map((one) => one.bytes)]);
  }

  spans(): { readonly from: number; readonly to: number }[] {
    return this.parts.map(({ fragments }) => {
      const last = fragments.at(-1);
      return { from: fragments[0]?.timeMs ?? Number.NaN, to: last ? last.timeMs + last.durationMs : Number.NaN };
    });
  }
}
