// Folds what is told of a person's devices into stays, into when a line was alive and a page to be seen, and into how lines were lost. Rules A1 to A4.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import { DeviceWord, LineEvidence, LostBeside } from '../contract/line-evidence.ts';
import { LeaveReason } from '../contract/reasons.ts';
import type { StoredEntry } from '../trace/trace.ts';
import type { Stretch } from './stretches.ts';

/** A stretch with its ending; null while it lasts. */
export interface Stay extends Stretch {
  readonly endedBy: LeaveReason | null;
  /** It ended when the line was lost, whatever ended the waiting for the device afterwards. */
  readonly lost: boolean;
}

/** What the server measured before a line was lost, and counted when that was over. */
export interface Loss {
  readonly line: LineEvidence | null;
  readonly beside: LostBeside | null;
}

export interface Told {
  readonly stays: readonly Stay[];
  /** While a line was alive, and while its page was to be seen as well. */
  readonly live: readonly Stretch[];
  readonly seen: readonly Stretch[];
  readonly here: boolean;
}

interface Line {
  /** When this stay of the device began. */
  readonly since: Instant;
  liveSince: Instant | null;
  seenSince: Instant | null;
  hidden: boolean;
  /** Null while the line is alive. */
  lost: { readonly at: Instant; readonly graceUntil: Instant } | null;
}

// Entries of older versions do not have all of this, and the name of a device may have been erased.
const WithDevice = z.object({ device: z.string().optional(), word: DeviceWord.nullable().catch(null) });
const WithWord = z.object({ beside: LostBeside.nullable().catch(null), word: DeviceWord.nullable().catch(null) });
const WithLine = z.object({ graceUntil: z.number(), line: LineEvidence.nullable().catch(null) });
export const WithReason = z.object({ reason: LeaveReason });
const WithBeside = WithReason.extend({ beside: LostBeside.nullable().catch(null) });

export class Devices {
  /** By the moment of the loss. */
  readonly losses = new Map<Instant, Loss>();
  /** What a device said when it was back, by the moment of its return. */
  readonly words = new Map<Instant, DeviceWord>();
  drops = 0;
  atOnce = 0;
  readonly #lines = new Map<string, Line>();
  readonly #names = new Set<string>();
  readonly #stays: Stay[] = [];
  readonly #live: Stretch[] = [];
  readonly #seen: Stretch[] = [];
  #alive = 0;

  /** A page that was loaded again is not another device, and one that was erased still is one. */
  get count(): number {
    return Math.max(this.#names.size, this.atOnce);
  }

  take(entry: StoredEntry, id: string): void {
    const { at, detail } = entry;
    const line = this.#lines.get(id);
    switch (entry.kind) {
      case 'connection-opened': {
        const { device, word } = WithDevice.parse(detail);
        if (device !== undefined) this.#names.add(device);
        if (line === undefined) this.#begin(id, at);
        this.#hear(at, word);
        return;
      }
      case 'connection-resumed': {
        const { beside, word } = WithWord.parse(detail);
        // A line that is not known to be lost was ended by a crash: it is there again from now on.
        if (line === undefined) this.#begin(id, at);
        else if (line.lost !== null) this.#resume(line, line.lost.at, beside, at);
        this.#hear(at, word);
        return;
      }
      case 'connection-dropped': {
        this.drops += 1;
        if (line === undefined || line.lost !== null) return;
        const { graceUntil, line: measured } = WithLine.parse(detail);
        this.#pause(line, at);
        line.lost = { at, graceUntil };
        this.losses.set(at, { line: measured, beside: null });
        return;
      }
      case 'connection-closed': {
        const { reason, beside } = WithBeside.parse(detail);
        if (line?.lost) this.#count(line.lost.at, beside);
        this.#end(id, at, reason);
        return;
      }
      case 'page-hidden':
        if (line === undefined) return;
        line.hidden = true;
        this.#hide(line, at);
        return;
      case 'page-shown':
        if (line === undefined) return;
        line.hidden = false;
        if (line.lost === null) line.seenSince ??= at;
        return;
    }
  }

  /** All devices go at once. */
  endAll(at: Instant, reason: LeaveReason): void {
    for (const id of [...this.#lines.keys()]) this.#end(id, at, reason);
  }

  /** As it stands at `now`; what is told later goes on from the same. */
  told(now: Instant): Told {
    const stays = [...this.#stays];
    const live = [...this.#live];
    const seen = [...this.#seen];
    for (const { since, liveSince, seenSince, lost } of this.#lines.values()) {
      if (liveSince !== null) live.push({ from: liveSince, to: now });
      if (seenSince !== null) seen.push({ from: seenSince, to: now });
      if (lost === null) stays.push({ from: since, to: now, endedBy: null, lost: false });
      else stays.push({ from: since, to: lost.at, endedBy: now >= lost.graceUntil ? 'connection-lost' : null, lost: true });
    }
    return { stays, live, seen, here: this.#alive > 0 };
  }

  #begin(id: string, at: Instant): void {
    this.#lines.set(id, { since: at, liveSince: at, seenSince: at, hidden: false, lost: null });
    this.#arrive();
  }

  #arrive(): void {
    this.#alive += 1;
    this.atOnce = Math.max(this.atOnce, this.#alive);
  }

  #resume(line: Line, lostAt: Instant, beside: LostBeside | null, at: Instant): void {
    this.#count(lostAt, beside);
    line.lost = null;
    line.liveSince = at;
    line.seenSince = line.hidden ? null : at;
    this.#arrive();
  }

  #pause(line: Line, at: Instant): void {
    if (line.liveSince === null) return;
    this.#live.push({ from: line.liveSince, to: at });
    line.liveSince = null;
    this.#alive -= 1;
    this.#hide(line, at);
  }

  #hide(line: Line, at: Instant): void {
    if (line.seenSince !== null) this.#seen.push({ from: line.seenSince, to: at });
    line.seenSince = null;
  }

  #end(id: string, at: Instant, reason: LeaveReason): void {
    const line = this.#lines.get(id);
    if (line === undefined) return;
    this.#pause(line, at);
    this.#stays.push({ from: line.since, to: line.lost?.at ?? at, endedBy: reason, lost: line.lost !== null });
    this.#lines.delete(id);
  }

  #count(lostAt: Instant, beside: LostBeside | null): void {
    const loss = this.losses.get(lostAt);
    if (beside !== null) this.losses.set(lostAt, { line: loss?.line ?? null, beside });
  }

  #hear(at: Instant, word: DeviceWord | null): void {
    if (word !== null) this.words.set(at, word);
  }
}
