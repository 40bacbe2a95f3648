// A part's index: where one can enter it, and which bytes to ask for next.
import { FragmentLine } from '../../server/contract/recording.ts';

export type Fragment = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offset: number;
  readonly bytes: number;
  readonly isKey: boolean;
};

/** Whole lines only; what is still being written is left for the next time. A line that cannot be read is left out, and makes a hole. */
export function readFragments(text: string): { readonly fragments: Fragment[]; readonly read: number } {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const fragments = whole.split('\n').flatMap((line) => {
    const fragment = line === '' ? undefined : readFragment(line);
    return fragment ? [fragment] : [];
  });
  return { fragments, read: new TextEncoder().encode(whole).length };
}

function readFragment(line: string): Fragment | undefined {
  try {
    const [fromMs, lengthMs, offset, bytes, key] = FragmentLine.parse(JSON.parse(line));
    return { fromMs, toMs: fromMs + lengthMs, offset, bytes, isKey: key === 1 };
  } catch {
    return undefined;
  }
}

/** Of one file's fragments those of one part: a file is several parts where something was cut out. */
export function fragmentsOf(
  fragments: readonly Fragment[],
  part: { readonly startMs: number; readonly endMs: number },
): readonly Fragment[] {
  // Times in the index are rounded.
  const belongs = (fragment: Fragment | undefined) =>
    fragment === undefined || (fragment.fromMs >= part.startMs - 2 && fragment.fromMs < part.endMs - 2);
  return belongs(fragments[0]) && belongs(fragments.at(-1)) ? fragments : fragments.filter(belongs);
}

/** The fragment to begin with to see the moment: the last one before it that stands by itself. */
export function entryBefore(fragments: readonly Fragment[], ms: number): number {
  const entry = fragments.findLastIndex(({ fromMs, isKey }) => isKey && fromMs <= ms);
  return Math.max(0, entry);
}

export type Chunk = { readonly count: number; readonly firstByte: number; readonly lastByte: number; readonly toMs: number };

export type ChunkLimits = {
  /** Fragments that begin later are not asked for. */
  readonly untilMs: number;
  readonly mostMs: number;
  readonly mostBytes: number;
  readonly mostCount?: number | undefined;
};

/** The next fragments in one request; at least one, unless nothing more is wanted. */
export function chunkFrom(fragments: readonly Fragment[], index: number, limits: ChunkLimits): Chunk | undefined {
  const first = fragments[index];
  if (!first || first.fromMs >= limits.untilMs) return undefined;
  let last = first;
  let count = 1;
  for (const fragment of fragments.slice(index + 1)) {
    const isApart = fragment.offset !== last.offset + last.bytes;
    const isMuch = fragment.toMs - first.fromMs > limits.mostMs || fragment.offset + fragment.bytes - first.offset > limits.mostBytes;
    if (isApart || isMuch || fragment.fromMs >= limits.untilMs || count >= (limits.mostCount ?? Number.POSITIVE_INFINITY)) break;
    last = fragment;
    count++;
  }
  return { count, firstByte: first.offset, lastByte: last.offset + last.bytes - 1, toMs: last.toMs };
}
