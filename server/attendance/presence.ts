// Folds the entries of a trace into who was there when, and what they did. Rules A1 to A5 of the contract.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import { LeaveReason } from '../contract/reasons.ts';
import { RoomRole } from '../contract/room.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { clip, type Stretch, union } from './stretches.ts';

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A stretch with its ending; null while it lasts. */
export interface Stay extends Stretch {
  readonly endedBy: LeaveReason | null;
}

export interface Presence {
  /** As last given on joining. */
  readonly name: string;
  readonly role: RoomRole;
  /** At least one device is connected at the end of the span. */
  readonly here: boolean;
  /** In order, apart from one another, within the span. */
  readonly stays: readonly Stay[];
  /** While a live track was sent; within the stays. */
  readonly microphone: readonly Stretch[];
  readonly camera: readonly Stretch[];
  readonly handsRaised: number;
  readonly messages: number;
  readonly drops: number;
  readonly devices: number;
}

interface Line {
  /** When this stay of the device began; null while it is not there. */
  since: Instant | null;
  droppedAt: Instant | null;
  graceUntil: Instant;
}

interface Track {
  readonly connectionId: string | null;
  readonly source: 'microphone' | 'camera';
  liveSince: Instant | null;
}

interface Folding {
  name: string;
  role: RoomRole;
  readonly lines: Map<string, Line>;
  readonly tracks: Map<string, Track>;
  readonly stays: Stay[];
  readonly sent: Record<Track['source'], Stretch[]>;
  readonly deviceNames: Set<string>;
  mostDevices: number;
  handsRaised: number;
  messages: number;
  drops: number;
}

const Named = z.object({ name: z.string(), role: RoomRole });
const WithRole = z.object({ role: RoomRole });
const WithReason = z.object({ reason: LeaveReason });
const WithDevice = z.object({ device: z.string() });
const WithGrace = z.object({ graceUntil: z.number() });
const WithTrack = z.object({ trackId: z.string(), source: z.string() });
const WithPauses = z.object({ pausedBy: z.array(z.string()) });

/** By person. Entries of one lesson, in their order; what was after the span's end is not looked at. */
export function fold(entries: readonly StoredEntry[], span: Span): Map<string, Presence> {
  const people = new Map<string, Folding>();
  let before = span.from;
  for (const entry of entries) {
    if (entry.at > span.to) continue;
    // A4: an empty room was opened, or nobody is left in it. Whoever seems to be there was last known to be by the entry before.
    if (entry.kind === 'room-opened' || entry.kind === 'room-closed')
      for (const person of people.values()) endStay(person, entry.kind === 'room-opened' ? before : entry.at, 'server-stopped');
    before = entry.at;
    if (entry.personId === null) continue;
    let person = people.get(entry.personId);
    if (person === undefined) {
      // Whoever only waited in the lobby was not in the class.
      if (entry.kind !== 'participant-joined' && entry.kind !== 'connection-opened') continue;
      person = begin();
      people.set(entry.personId, person);
    }
    take(person, entry);
  }
  return new Map([...people].map(([id, person]) => [id, finish(person, span)]));
}

function begin(): Folding {
  return {
    name: '',
    role: 'student',
    lines: new Map(),
    tracks: new Map(),
    stays: [],
    sent: { microphone: [], camera: [] },
    deviceNames: new Set(),
    mostDevices: 0,
    handsRaised: 0,
    messages: 0,
    drops: 0,
  };
}

function take(person: Folding, entry: StoredEntry): void {
  const { at, detail } = entry;
  switch (entry.kind) {
    case 'participant-joined': {
      const { name, role } = Named.parse(detail);
      person.name = name;
      person.role = role;
      return;
    }
    case 'role-changed':
      person.role = WithRole.parse(detail).role;
      return;
    case 'participant-left': {
      endStay(person, at, WithReason.parse(detail).reason);
      return;
    }
    case 'hand-raised':
      person.handsRaised += 1;
      return;
    case 'message-posted':
      person.messages += 1;
      return;
    default:
      if (entry.kind.startsWith('track-')) takeTrack(person, entry);
      else if (entry.connectionId !== null) takeLine(person, entry, entry.connectionId);
  }
}

/** A1 to A3. */
function takeLine(person: Folding, entry: StoredEntry, id: string): void {
  const { at, detail } = entry;
  const line = person.lines.get(id);
  switch (entry.kind) {
    case 'connection-opened':
      person.deviceNames.add(WithDevice.parse(detail).device);
      if (line?.since == null) person.lines.set(id, { since: at, droppedAt: null, graceUntil: at });
      break;
    case 'connection-resumed':
      // A line that is not known to be lost was ended by a crash: it is there again from now on.
      if (line?.since == null) person.lines.set(id, { since: at, droppedAt: null, graceUntil: at });
      else line.droppedAt = null;
      break;
    case 'connection-dropped':
      person.drops += 1;
      if (line?.since != null && line.droppedAt === null) {
        line.droppedAt = at;
        line.graceUntil = WithGrace.parse(detail).graceUntil;
      }
      break;
    case 'connection-closed':
      if (line !== undefined) endLine(person, line, at, WithReason.parse(detail).reason);
      person.lines.delete(id);
      for (const track of person.tracks.values()) if (track.connectionId === id) endTrack(person, track, at);
      break;
  }
  person.mostDevices = Math.max(person.mostDevices, person.lines.size);
}

function endStay(person: Folding, at: Instant, reason: LeaveReason): void {
  for (const line of person.lines.values()) endLine(person, line, at, reason);
  person.lines.clear();
  for (const track of person.tracks.values()) endTrack(person, track, at);
}

function endLine(person: Folding, line: Line, at: Instant, reason: LeaveReason): void {
  if (line.since === null) return;
  person.stays.push({ from: line.since, to: line.droppedAt ?? at, endedBy: reason });
  line.since = null;
}

/** A5. */
function takeTrack(person: Folding, entry: StoredEntry): void {
  const { trackId, source } = WithTrack.parse(entry.detail);
  if (source !== 'microphone' && source !== 'camera') return;
  let track = person.tracks.get(trackId);
  if (track === undefined) {
    track = { connectionId: entry.connectionId, source, liveSince: null };
    person.tracks.set(trackId, track);
  }
  const comes = entry.kind === 'track-published' || entry.kind === 'track-resumed';
  if (comes && WithPauses.parse(entry.detail).pausedBy.length === 0) {
    track.liveSince ??= entry.at;
    return;
  }
  endTrack(person, track, entry.at);
  if (entry.kind === 'track-closed') person.tracks.delete(trackId);
}

function endTrack(person: Folding, track: Track, at: Instant): void {
  if (track.liveSince !== null) person.sent[track.source].push({ from: track.liveSince, to: at });
  track.liveSince = null;
}

function finish(person: Folding, span: Span): Presence {
  let here = false;
  for (const line of person.lines.values()) {
    if (line.since === null) continue;
    if (line.droppedAt === null) {
      here = true;
      person.stays.push({ from: line.since, to: span.to, endedBy: null });
    } else {
      const over = span.to >= line.graceUntil;
      person.stays.push({ from: line.since, to: line.droppedAt, endedBy: over ? 'connection-lost' : null });
    }
  }
  for (const { source, liveSince } of person.tracks.values()) {
    if (liveSince !== null) person.sent[source].push({ from: liveSince, to: span.to });
  }
  const stays = union(person.stays.map((stay) => ({ ...stay, ...clip(stay, span) })));
  const within = (stretches: readonly Stretch[]) => stays.flatMap((stay) => union(stretches.map((stretch) => clip(stretch, stay))));
  return {
    name: person.name,
    role: person.role,
    here,
    stays,
    microphone: within(person.sent.microphone),
    camera: within(person.sent.camera),
    handsRaised: person.handsRaised,
    messages: person.messages,
    drops: person.drops,
    devices: Math.max(person.deviceNames.size, person.mostDevices),
  };
}
