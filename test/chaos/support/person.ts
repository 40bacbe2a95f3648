// A person in a class who keeps account of what the server has acknowledged, and who comes back by themself as a page does.
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { LessonId, PersonId } from '../../../server/contract/ids.ts';
import { protocolVersion, type RequestInput, type RequestName, type RequestOutput } from '../../../server/contract/index.ts';
import type { Notice } from '../../../server/contract/notices.ts';
import type { Reply } from '../../../server/contract/reply.ts';
import type { RoomSnapshot } from '../../../server/contract/room.ts';

/** As the client of the product: it waits so long for an answer. */
const patienceMs = 8000;
const againMs = 200;

export interface Place {
  url(): string;
  token(personId: PersonId, lessonId: LessonId): string;
}

/** What was promised, to be found in the database afterwards. */
export interface Account {
  readonly connections: Set<string>;
  /** `clientId` to text. */
  readonly messages: Map<string, string>;
  handsRaised: number;
}

export class Person {
  readonly personId: PersonId;
  readonly lessonId: LessonId;
  readonly account: Account = { connections: new Set(), messages: new Map(), handsRaised: 0 };
  /** Of each answer that was good: when it came, and after how long. */
  readonly answers: { readonly at: number; readonly afterMs: number }[] = [];
  readonly refusals: string[] = [];
  /** How often the socket was lost against this person's will. */
  losses = 0;
  onNotice: (notice: Notice) => void = () => undefined;
  /** After each coming in; `resumed`: media are as they were. */
  onIn: (snapshot: RoomSnapshot) => void = () => undefined;
  readonly #place: Place;
  #socket: Socket | null = null;
  #snapshot: RoomSnapshot | null = null;
  #hasLeft = false;
  #isSeated = false;
  #coming: Promise<void> | null = null;
  /** Null while nobody can know. */
  #isRaised: boolean | null = false;
  #sent = 0;

  constructor(place: Place, personId: PersonId, lessonId: LessonId) {
    this.#place = place;
    this.personId = personId;
    this.lessonId = lessonId;
  }

  get socket(): Socket {
    if (this.#socket === null) throw new Error('No socket was opened');
    return this.#socket;
  }

  /** Of the last coming in. */
  get snapshot(): RoomSnapshot {
    if (this.#snapshot === null) throw new Error('Not in');
    return this.#snapshot;
  }

  get isIn(): boolean {
    return this.#isSeated && this.#socket?.connected === true;
  }

  /** Resolves when in; tries until then, or until this person leaves. */
  comeIn(): Promise<void> {
    this.#coming ??= this.#tryToComeIn().finally(() => {
      this.#coming = null;
    });
    return this.#coming;
  }

  /** Null when no answer came. */
  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Reply<RequestOutput<N>> | null> {
    const began = performance.now();
    try {
      const reply: Reply<RequestOutput<N>> = await this.socket.timeout(patienceMs).emitWithAck(name, input);
      if (reply.ok) this.answers.push({ at: performance.now(), afterMs: performance.now() - began });
      else this.refusals.push(reply.code);
      return reply;
    } catch {
      return null;
    }
  }

  /** Raises the hand, or takes it down. */
  async moveHand(): Promise<boolean> {
    const before = this.#isRaised;
    const raised = before !== true;
    this.#isRaised = null;
    const reply = await this.ask('room:raise-hand', { raised });
    if (reply?.ok !== true) return false;
    this.#isRaised = raised;
    // After an answer that never came the hand may have been up already.
    if (raised && before === false) this.account.handsRaised += 1;
    return true;
  }

  async write(text: string): Promise<boolean> {
    this.#sent += 1;
    const clientId = `${this.personId}-${this.#sent}-${Math.round(performance.now())}`;
    const reply = await this.ask('chat:post', { text, clientId });
    if (reply?.ok !== true) return false;
    this.account.messages.set(clientId, text);
    return true;
  }

  async leave(): Promise<void> {
    this.#hasLeft = true;
    await this.#coming;
    if (this.#socket?.connected === true) await this.ask('room:leave', {});
    this.#socket?.disconnect();
  }

  /** The line is lost without a word, and nobody comes back. */
  vanish(): void {
    this.#hasLeft = true;
    this.#socket?.io.engine.close();
  }

  async #tryToComeIn(): Promise<void> {
    while (!this.#hasLeft) {
      if (await this.#connect()) {
        const resumeKey = this.#snapshot?.self.resumeKey;
        const joining = { protocol: protocolVersion, device: 'chaos', consent: true, ...(resumeKey !== undefined && { resumeKey }) };
        const reply = await this.ask('room:join', joining);
        if (reply?.ok === true && reply.value.state === 'in') {
          const { snapshot } = reply.value;
          this.#snapshot = snapshot;
          this.#isSeated = true;
          if (!snapshot.resumed) this.account.connections.add(snapshot.self.connectionId);
          this.#socket?.once('disconnect', () => this.#lost());
          this.onIn(snapshot);
          return;
        }
        this.#socket?.disconnect();
      }
      await wait(againMs);
    }
  }

  #lost(): void {
    this.#isSeated = false;
    if (this.#hasLeft) return;
    this.losses += 1;
    void this.comeIn();
  }

  #connect(): Promise<boolean> {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    const auth = { token: this.#place.token(this.personId, this.lessonId) };
    const socket = io(this.#place.url(), { auth, transports: ['websocket'], reconnection: false, forceNew: true, timeout: patienceMs });
    this.#socket = socket;
    socket.on('notices', (batch: readonly Notice[]) => {
      for (const notice of batch) this.onNotice(notice);
    });
    return new Promise((done) => {
      socket.once('connect', () => done(true));
      socket.once('connect_error', () => done(false));
    });
  }
}
