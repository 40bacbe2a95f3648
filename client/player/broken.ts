// What of a track cannot be had although the manifest names it: it is played over, as if the track had been off.
import type { RecordingPart } from '../../server/contract/recording.ts';
import { joined, type Span, without } from '../../server/contract/watching-time.ts';
import type { Fragment } from './fragments.ts';

/** missing: the bytes or the index are not there. undecodable: the browser could not make anything of them. unplayable: it does not know the codec. unheard: the device has no way to make sound. */
export type BrokenWhy = 'missing' | 'undecodable' | 'unplayable' | 'unheard';
export type Broken = Span & { readonly why: BrokenWhy };

/** Less is heard and seen as nothing; rounding of fragment times makes such holes too. */
const smallestHoleMs = 150;

/** The parts as they can be played: a part with something broken inside is several parts of one file, as after a cut. */
export function playableParts(parts: readonly RecordingPart[], broken: readonly Span[]): readonly RecordingPart[] {
  if (broken.length === 0) return parts;
  const inOrder = joined(broken, 0);
  return parts.flatMap((part) =>
    without({ fromMs: part.startMs, toMs: part.endMs }, inOrder).map(({ fromMs, toMs }) => ({
      ...part,
      startMs: fromMs,
      endMs: toMs,
      open: part.open && toMs === part.endMs,
    })),
  );
}

/** Where a part that is complete has no fragment: its index is damaged there. Playing goes on where a fragment stands by itself. */
export function holesIn(part: Pick<RecordingPart, 'startMs' | 'endMs' | 'open'>, fragments: readonly Fragment[]): Span[] {
  const holes: Span[] = [];
  let toMs = part.startMs;
  let mustEnter = false;
  for (const fragment of fragments) {
    if (fragment.fromMs - toMs > smallestHoleMs) mustEnter = true;
    if (mustEnter && !fragment.isKey) continue;
    if (mustEnter) holes.push({ fromMs: toMs, toMs: fragment.fromMs });
    mustEnter = false;
    toMs = Math.max(toMs, fragment.toMs);
  }
  if (mustEnter || (!part.open && part.endMs - toMs > smallestHoleMs)) holes.push({ fromMs: toMs, toMs: part.endMs });
  return holes;
}

/** From a fragment that failed to the next that stands by itself, or the part's end. */
export function brokenFrom(part: Pick<RecordingPart, 'endMs'>, fragments: readonly Fragment[], index: number): Span {
  const fromMs = fragments[index]?.fromMs ?? part.endMs;
  const next = fragments.slice(index + 1).find(({ isKey }) => isKey);
  return { fromMs, toMs: next?.fromMs ?? part.endMs };
}

/** A track's parts as they stand now: the manifest grows, and what fails is taken out. */
export class TrackParts {
  #given: readonly RecordingPart[];
  #playable: readonly RecordingPart[];
  #broken: readonly Broken[] = [];

  constructor(given: readonly RecordingPart[]) {
    this.#given = given;
    this.#playable = given;
  }

  get playable(): readonly RecordingPart[] {
    return this.#playable;
  }

  get broken(): readonly Broken[] {
    return this.#broken;
  }

  get endMs(): number {
    return this.#given.at(-1)?.endMs ?? 0;
  }

  set(given: readonly RecordingPart[]): void {
    this.#given = given;
    this.#playable = playableParts(given, this.#broken);
  }

  /** The viewer asks once more: perhaps headphones are plugged in now. */
  mend(why: BrokenWhy): void {
    this.#broken = this.#broken.filter((one) => one.why !== why);
    this.#playable = playableParts(this.#given, this.#broken);
  }

  break(broken: Broken): void {
    this.#broken = [...this.#broken, broken];
    this.#playable = playableParts(this.#given, this.#broken);
  }
}
