// One socket: its session, its pace, its channels, and what its loss means.
import type { Socket } from 'socket.io';
import type { LossCause } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { RoomService } from '../room/room.service.ts';
import { channel, type SocketServer } from './announcer.ts';
import type { Line } from './answer.ts';
import { lossCauseOf } from './loss-cause.ts';
import type { Claims, Session } from './session.ts';

export type LineRooms = Pick<RoomService, 'dropped' | 'leave' | 'leaveLobby'>;

export class SocketLine implements Line {
  readonly id: string;
  readonly address: string;
  readonly #io: SocketServer;
  readonly #socket: Socket;
  readonly #rooms: LineRooms;
  readonly #failed: (error: unknown) => void;
  #session: Session;
  /** How the socket was lost; null while it lives. */
  #lost: LossCause | 'goodbye' | null = null;

  constructor(io: SocketServer, socket: Socket, claims: Claims, address: string, rooms: LineRooms, failed: (error: unknown) => void) {
    this.id = socket.id;
    this.address = address;
    this.#io = io;
    this.#socket = socket;
    this.#rooms = rooms;
    this.#failed = failed;
    this.#session = { phase: 'greeting', claims };
  }

  get session(): Session {
    return this.#session;
  }

  /** Who left keeps the channels until the notice `ended` has gone out. */
  enter(session: Session): void {
    this.#session = session;
    // It was lost while it was being let in.
    if (this.#lost !== null) return this.#goAway(this.#lost);
    const { lessonId } = session.claims;
    if (session.phase === 'lobby') void this.#socket.join(channel.participant(lessonId, session.participantId));
    if (session.phase !== 'in-room') return;
    const { participantId, connectionId } = session.connection;
    void this.#socket.join([channel.lesson(lessonId), channel.participant(lessonId, participantId), channel.connection(connectionId)]);
    // R4: the device has come back on a new socket; the old one only looked alive.
    this.#io.in(channel.connection(connectionId)).except(this.id).disconnectSockets(true);
  }

  /** R3, G2: a page that closes says so by socket.io's own farewell; anything else is a lost line. */
  lost(reason: string, closeCode: number | null): void {
    this.#lost = lossCauseOf(reason, closeCode);
    this.#goAway(this.#lost);
  }

  /** H6: the server has cut off a line that did not take what it was sent. */
  tooSlow(): void {
    this.#lost = 'too-slow';
    this.#goAway(this.#lost);
  }

  #goAway(how: LossCause | 'goodbye'): void {
    this.#forget(how).catch((error: unknown) => {
      if (!(error instanceof Refused)) this.#failed(error);
    });
  }

  async #forget(how: LossCause | 'goodbye'): Promise<void> {
    const session = this.#session;
    if (session.phase === 'lobby') return this.#rooms.leaveLobby(session.claims.lessonId, session.participantId, this.id);
    if (session.phase !== 'in-room') return;
    if (how === 'goodbye') return this.#rooms.leave(session.connection, 'closed-page', this.id);
    return this.#rooms.dropped(session.connection, this.id, how);
  }
}
