// Folds the entries of a trace into who was there when, and what they did. Rules A1 to A5, A14 and A23 of the contract.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { DeviceWord } from '../contract/line-evidence.ts';
import type { LeaveReason } from '../contract/reasons.ts';
import { RoomRole } from '../contract/room.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { Devices, type Loss, type Stay, WithReason } from './devices.ts';
import { Doings } from './doings.ts';
import { clip, overlap, type Stretch, union, without } from './stretches.ts';

export interface Presence {
  /** As last given on joining. */
  readonly name: string;
  readonly role: RoomRole;
  /** False for who only waited in the lobby. */
  readonly came: boolean;
  /** At least one device is connected at the end of the span. */
  readonly here: boolean;
  /** In order, apart from one another, within the span; so are all stretches here. */
  readonly stays: readonly Stay[];
  /** Within the stays, while at least one line was alive. */
  readonly live: readonly Stretch[];
  /** By the moment of a loss, and of a return. */
  readonly losses: ReadonlyMap<Instant, Loss>;
  readonly words: ReadonlyMap<Instant, DeviceWord>;
  /** While no page of any living line was to be seen. */
  readonly hidden: readonly Stretch[];
  /** Within the stays. */
  readonly hands: readonly Stretch[];
  /** While a live track was sent; within the stays. */
  readonly microphone: readonly Stretch[];
  readonly camera: readonly Stretch[];
  readonly lobby: readonly Stretch[];
  readonly handsRaised: number;
  readonly messages: number;
  readonly drops: number;
  readonly devices: number;
  readonly devicesAtOnce: number;
}

const Named = z.object({ name: z.string().optional(), role: RoomRole });
const WithName = z.object({ name: z.string().optional() });
const WithRole = z.object({ role: RoomRole });
/** Of these a person's part of the trace begins. */
const beginnings: ReadonlySet<string> = new Set(['participant-joined', 'connection-opened', 'waiting-started']);

/** By person. Entries of one lesson, in their order; what was after the span's end is not looked at. */
export function fold(entries: readonly StoredEntry[], span: Stretch): Map<string, Presence> {
  const folding = new Folding(span.from);
  for (const entry of entries) if (entry.at <= span.to) folding.take(entry);
  return folding.presences(span);
}

/** A fold that goes on: entries are taken in their order, and it can be asked at any time between. */
export class Folding {
  readonly #people = new Map<string, Folded>();
  #before: Instant;

  constructor(from: Instant) {
    this.#before = from;
  }

  take(entry: StoredEntry): void {
    // A4: an empty room was opened, or nobody is left in it. Whoever seems to be there was last known to be by the entry before.
    if (entry.kind === 'room-opened' || entry.kind === 'room-closed') {
      const at = entry.kind === 'room-opened' ? this.#before : entry.at;
      for (const person of this.#people.values()) person.end(at, 'server-stopped');
    }
    this.#before = entry.at;
    if (entry.personId === null) return;
    let person = this.#people.get(entry.personId);
    if (person === undefined) {
      if (!beginnings.has(entry.kind)) return;
      person = new Folded();
      this.#people.set(entry.personId, person);
    }
    person.take(entry);
  }

  /** As it stands at the end of the span. */
  presences(span: Stretch): Map<string, Presence> {
    return new Map([...this.#people].map(([id, person]) => [id, person.presence(span)]));
  }
}

class Folded {
  #name = '';
  #role: RoomRole = 'student';
  #came = false;
  readonly #devices = new Devices();
  readonly #doings = new Doings();

  take(entry: StoredEntry): void {
    const { at, detail, connectionId } = entry;
    switch (entry.kind) {
      case 'waiting-started':
        this.#name ||= WithName.parse(detail).name ?? '';
        break;
      case 'participant-joined': {
        const { name, role } = Named.parse(detail);
        this.#name = name ?? this.#name;
        this.#role = role;
        this.#came = true;
        this.#doings.endWaiting(at);
        return;
      }
      case 'role-changed':
        this.#role = WithRole.parse(detail).role;
        return;
      case 'participant-left': {
        const { reason } = WithReason.parse(detail);
        this.end(at, reason);
        return;
      }
      case 'connection-opened':
        this.#came = true;
        break;
    }
    this.#doings.take(entry);
    if (connectionId === null) return;
    this.#devices.take(entry, connectionId);
    if (entry.kind === 'connection-closed') this.#doings.endTracks(at, connectionId);
  }

  end(at: Instant, reason: LeaveReason): void {
    this.#devices.endAll(at, reason);
    this.#doings.endTracks(at);
    this.#doings.endWaiting(at);
    // R6: a hand goes with its owner, but not with the server.
    if (reason !== 'server-stopped') this.#doings.lowerHand(at);
  }

  presence(span: Stretch): Presence {
    const told = this.#devices.told(span.to);
    const done = this.#doings.done(span.to);
    const within = (stretches: readonly Stretch[]) => union(stretches.map((stretch) => clip(stretch, span)));
    const stays = union(told.stays.map((stay) => ({ ...stay, ...clip(stay, span) })));
    const live = within(told.live);
    return {
      name: this.#name,
      role: this.#role,
      came: this.#came,
      here: told.here,
      stays,
      live,
      losses: new Map(this.#devices.losses),
      words: new Map(this.#devices.words),
      hidden: without(live, within(told.seen)),
      hands: overlap(within(done.hands), stays),
      microphone: overlap(within(done.microphone), stays),
      camera: overlap(within(done.camera), stays),
      lobby: within(done.lobby),
      handsRaised: this.#doings.handsRaised,
      messages: this.#doings.messages,
      drops: this.#devices.drops,
      devices: this.#devices.count,
      devicesAtOnce: this.#devices.atOnce,
    };
  }
}
