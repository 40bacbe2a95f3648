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

/**
 * Each client gets the notices to its room in their order, and after them those to itself in theirs. A socket that enters its room
 * while notices wait gets them too: they tell nothing newer than its snapshot, and telling a state twice does no harm.
 */
export class SocketAnnouncer implements Announcer {
  readonly #io: SocketServer;
  readonly #whoMay: (lessonId: LessonId, action: Action) => readonly ConnectionId[];
  readonly #afterMs: number;
  #toRooms = new Map<string, NoticeBatch>();
  #toSome = new Map<string, NoticeBatch>();
  #timer: NodeJS.Timeout | null = null;

  /** @param afterMs how long the first of a batch waits for others; a matter of the network, so not of the clock port */
  constructor(io: SocketServer, whoMay: (lessonId: LessonId, action: Action) => readonly ConnectionId[], afterMs = 25) {
    this.#io = io;
    this.#whoMay = whoMay;
    this.#afterMs = afterMs;
  }

  toRoom(lessonId: LessonId, notice: Notice): void {
    this.#add(this.#toRooms, channel.lesson(lessonId), notice);
  }

  toConnection(connectionId: ConnectionId, notice: Notice): void {
    this.#add(this.#toSome, channel.connection(connectionId), notice);
  }

  toParticipant(lessonId: LessonId, participantId: ParticipantId, notice: Notice): void {
    this.#add(this.#toSome, channel.participant(lessonId, participantId), notice);
  }

  toThoseWhoMay(lessonId: LessonId, action: Action, notice: Notice): void {
    for (const connectionId of this.#whoMay(lessonId, action)) this.toConnection(connectionId, notice);
  }

  /** Sends what waits, now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const batches = [...this.#toRooms, ...this.#toSome];
    this.#toRooms = new Map();
    this.#toSome = new Map();
    for (const [name, batch] of batches) {
      this.#io.to(name).emit('notices', batch.notices);
      // Whoever was told that it is over has nothing more to ask here.
      if (batch.isLast) this.#io.in(name).disconnectSockets(true);
    }
  }

  #add(batches: Map<string, NoticeBatch>, name: string, notice: Notice): void {
    let batch = batches.get(name);
    if (batch === undefined) {
      batch = new NoticeBatch();
      batches.set(name, batch);
    }
    batch.add(notice);
    this.#timer ??= setTimeout(() => this.flush(), this.#afterMs);
  }
}
