// Tells clients what nobody asked for: collects notices for a moment and encodes once what goes to a whole room.
import type { Server } from 'socket.io';
import type { ConnectionId, LessonId, ParticipantId } from '../contract/ids.ts';
import type { ClientToServer, ServerToClient } from '../contract/index.ts';
import type { Notice } from '../contract/notices.ts';
import type { Action } from '../contract/room.ts';
import type { Announcer } from '../ports/announcer.ts';
import { NoticeBatch } from './notice-batch.ts';

export type SocketServer = Server<ClientToServer, ServerToClient>;

/** Names of socket.io's rooms; a socket is in one of each kind. */
export const channel = {
  lesson: (lessonId: LessonId) => `lesson ${lessonId}`,
  participant: (lessonId: LessonId, participantId: ParticipantId) => `participant ${lessonId} ${participantId}`,
  connection: (connectionId: ConnectionId) => `connection ${connectionId}`,
} as const;

/** How long the first notice of a batch waits for others, in milliseconds. */
const shortestWaitMs = 25;
/** A large room hears at most four batches a second: a storm of joins costs one message a moment, not one a join. */
const longestPauseMs = 250;
/** In smaller ones all devices together hear no more than this in a second. */
const messagesPerSecond = 250;
/** In a room of more devices, who comes and goes is no news that cannot wait so long for company. */
const largeFrom = 100;
const patientWaitMs = 1_000;

/** What an announcer needs of socket.io. */
export interface Channels {
  /** How many sockets are in a channel. */
  size(name: string): number;
  send(name: string, notices: readonly Notice[]): void;
  disconnect(name: string): void;
}

export function channelsOf(io: SocketServer): Channels {
  return {
    size: (name) => io.sockets.adapter.rooms.get(name)?.size ?? 0,
    send: (name, notices) => void io.to(name).emit('notices', notices),
    disconnect: (name) => io.in(name).disconnectSockets(true),
  };
}

/** How far apart batches to a room of so many devices are. */
function pauseBetweenBatches(devices: number): number {
  return Math.min(Math.max(shortestWaitMs, (devices * 1000) / messagesPerSecond), longestPauseMs);
}

/** How long the notice may wait for others before it goes to a room of so many devices. */
function patienceOf({ type }: Notice, devices: number): number {
  const comesOrGoes = type === 'participant-joined' || type === 'participant-left';
  return comesOrGoes && devices > largeFrom ? patientWaitMs : shortestWaitMs;
}

interface Waiting {
  readonly batch: NoticeBatch;
  readonly timer: NodeJS.Timeout;
  readonly dueAt: number;
}

/**
 * Each client gets the notices to its room in their order, and those to itself in theirs; the two may overtake one another, but nothing
 * comes after the notice that ends it. A socket that enters its room while notices wait gets them too: they tell nothing newer than its
 * snapshot, and telling a state twice does no harm.
 */
export class SocketAnnouncer implements Announcer {
  readonly #channels: Channels;
  readonly #whoMay: (lessonId: LessonId, action: Action) => readonly ConnectionId[];
  readonly #toRooms = new Map<string, Waiting>();
  /** Oldest first. */
  readonly #toldAt = new Map<string, number>();
  #toSome = new Map<string, NoticeBatch>();
  #someTimer: NodeJS.Timeout | null = null;

  constructor(channels: Channels, whoMay: (lessonId: LessonId, action: Action) => readonly ConnectionId[]) {
    this.#channels = channels;
    this.#whoMay = whoMay;
  }

  toRoom(lessonId: LessonId, notice: Notice): void {
    const name = channel.lesson(lessonId);
    // Waiting is a matter of the network, so not of the clock port.
    const now = performance.now();
    const devices = this.#channels.size(name);
    // After a quiet moment a hand is seen at once, however large the room is.
    const earliest = (this.#toldAt.get(name) ?? Number.NEGATIVE_INFINITY) + pauseBetweenBatches(devices);
    const dueAt = Math.max(now + patienceOf(notice, devices), earliest);
    const waiting = this.#toRooms.get(name);
    const batch = waiting?.batch ?? new NoticeBatch();
    batch.add(notice);
    if (waiting !== undefined && waiting.dueAt <= dueAt) return;
    clearTimeout(waiting?.timer);
    this.#toRooms.set(name, { batch, dueAt, timer: setTimeout(() => this.#flushRoom(name), dueAt - now) });
  }

  toConnection(connectionId: ConnectionId, notice: Notice): void {
    this.#toOne(channel.connection(connectionId), notice);
  }

  toParticipant(lessonId: LessonId, participantId: ParticipantId, notice: Notice): void {
    this.#toOne(channel.participant(lessonId, participantId), notice);
  }

  toThoseWhoMay(lessonId: LessonId, action: Action, notice: Notice): void {
    for (const connectionId of this.#whoMay(lessonId, action)) this.toConnection(connectionId, notice);
  }

  /** Sends what waits, now. */
  flush(): void {
    for (const name of [...this.#toRooms.keys()]) this.#flushRoom(name);
    this.#flushSome();
  }

  #toOne(name: string, notice: Notice): void {
    let batch = this.#toSome.get(name);
    if (batch === undefined) {
      batch = new NoticeBatch();
      this.#toSome.set(name, batch);
    }
    batch.add(notice);
    this.#someTimer ??= setTimeout(() => this.#flushSome(), shortestWaitMs);
  }

  #flushRoom(name: string): void {
    const waiting = this.#toRooms.get(name);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#toRooms.delete(name);
    this.#remember(name);
    this.#send(name, waiting.batch);
  }

  /** When a room was told last; of rooms that are quiet nothing needs to be known. */
  #remember(name: string): void {
    const now = performance.now();
    for (const [other, at] of this.#toldAt) {
      if (now - at < longestPauseMs) break;
      this.#toldAt.delete(other);
    }
    this.#toldAt.delete(name);
    this.#toldAt.set(name, now);
  }

  #flushSome(): void {
    if (this.#someTimer !== null) clearTimeout(this.#someTimer);
    this.#someTimer = null;
    const batches = this.#toSome;
    this.#toSome = new Map();
    // What a room was told belongs before the end of anyone in it.
    if ([...batches.values()].some(({ isLast }) => isLast)) for (const name of [...this.#toRooms.keys()]) this.#flushRoom(name);
    for (const [name, batch] of batches) this.#send(name, batch);
  }

  #send(name: string, batch: NoticeBatch): void {
    this.#channels.send(name, batch.notices);
    // Whoever was told that it is over has nothing more to ask here.
    if (batch.isLast) this.#channels.disconnect(name);
  }
}
