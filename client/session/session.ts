// One browser's time in one class: joins, waits, comes back after a lost line, leaves; holds the state that pages draw.

import type { LessonId } from '../../server/contract/ids.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../server/contract/index.ts';
import type { JoinMedia } from '../../server/contract/media.ts';
import type { Notice, NoticeOf } from '../../server/contract/notices.ts';
import { protocolVersion } from '../../server/contract/protocol-version.ts';
import type { LeaveReason } from '../../server/contract/reasons.ts';
import { Connection, type Surroundings } from './connection.ts';
import type { SessionFollower } from './follower.ts';
import { Outbox, type Outgoing } from './outbox.ts';
import { type Failure, isPassing, type Outcome, offline } from './outcome.ts';
import { reduceAll } from './reduce.ts';
import { Rest } from './rest.ts';
import { idle, roomFrom, roomOf, type SessionState, withRest } from './state.ts';
import { Surveyor } from './surveyor.ts';

export interface SessionOptions {
  readonly lessonId: LessonId;
  readonly device: string;
  readonly around: Surroundings;
  readonly newId: () => string;
}

const askAgainMs = 2_000;

export class Session {
  readonly lessonId: LessonId;
  readonly #device: string;
  readonly #around: Surroundings;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  /** Whoever sees page, network and clock tells it. */
  readonly surveyor: Surveyor;
  readonly #rest: Rest;
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<SessionFollower>();
  #state: SessionState = idle;
  #consent = false;
  #resumeKey: string | undefined;
  /** What was told between our request to join and its answer. */
  #early: Notice[] | undefined;

  constructor(options: SessionOptions) {
    this.lessonId = options.lessonId;
    this.#device = options.device;
    this.#around = options.around;
    this.#connection = new Connection(options.around, {
      onOffered: (capabilities) => {
        for (const follower of this.#followers) follower.offered?.(capabilities);
      },
      onOpen: () => void this.#enter(),
      onLost: () => this.#lost(),
      onRefused: (failure) => this.#refuse(failure),
      onNotices: (batch) => this.#hear(batch),
    });
    this.surveyor = new Surveyor({
      tell: async (seen) => (await this.call('room:page-seen', { seen })).ok,
      now: options.around.now,
      later: options.around.later,
      pageIsBack: () => this.hurry(),
      networkChanged: () => this.#networkChanged(),
    });
    this.#rest = new Rest({
      ask: (chatAfter) => this.call('room:rest', chatAfter ? { chatAfter } : {}),
      told: (rest, since) => {
        if (this.#state.phase === 'in-room') this.#set({ phase: 'in-room', room: reduceAll(withRest(this.#state.room, rest), since) });
      },
      later: options.around.later,
    });
    this.#outbox = new Outbox({
      post: (input) => (this.#state.phase === 'in-room' ? this.call('chat:post', input) : Promise.resolve(offline)),
      newId: options.newId,
      onChange: () => this.#tell(),
      onPosted: (message) => this.#apply([{ type: 'chat-posted', message }]),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  get outgoing(): readonly Outgoing[] {
    return this.#outbox.items;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  follow(follower: SessionFollower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Before the person joins: what can be got beforehand need not be waited for. */
  prepare(): Promise<void> {
    return this.#connection.prepare();
  }

  /** `consent`: the person agreed that the class may be recorded. */
  join(consent: boolean): void {
    if (this.#state.phase === 'in-room' || this.#state.phase === 'dropped') return;
    this.#consent = consent;
    this.#set({ phase: 'joining' });
    this.#connection.close();
    this.#connection.open();
  }

  call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Outcome<RequestOutput<N>>> {
    return this.#connection.call(name, input);
  }

  post(text: string): void {
    this.#outbox.add(text);
    this.#keepPosting();
  }

  postAgain(clientId: string): void {
    this.#outbox.retry(clientId);
    this.#keepPosting();
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  /** The network may be back. */
  hurry(): void {
    this.#connection.hurry();
  }

  /** Breaks the line and takes it up again: the answer to the resume tells everything anew. One that is broken already is tried at once. */
  reconnect(): void {
    if (!this.#connection.isOpen) return this.hurry();
    this.#lost();
    this.#connection.renew();
  }

  async leave(): Promise<void> {
    // Shown as left at once: nobody waits for the server in order to go.
    const told = this.#connection.call('room:leave', {});
    this.#end('left');
    await Promise.race([told, new Promise<void>((resolve) => this.#around.later(1_000, resolve))]);
    this.#connection.close();
  }

  /** The page goes away: the goodbye tells a closed page from a lost line. */
  pageCloses(): void {
    this.surveyor.pageCloses();
    this.#connection.close();
  }

  /** The page came back from the browser's memory after `pageCloses`; the seat was given up, so it asks for a new one. */
  pageReturns(): void {
    const room = roomOf(this.#state);
    if (room) this.#set({ phase: 'dropped', room, since: this.#around.now() });
    this.#resumeKey = undefined;
    this.surveyor.over();
    if (room || this.#state.phase === 'joining' || this.#state.phase === 'waiting') this.#connection.open();
  }

  /** Back to before joining: the person may choose devices again. */
  reset(): void {
    this.#connection.close();
    this.#over();
    this.#set(idle);
  }

  async #enter(): Promise<void> {
    this.#early = [];
    const word = this.surveyor.word();
    const media = this.#joinMedia();
    const joined = await this.call('room:join', {
      protocol: protocolVersion,
      device: this.#device,
      consent: this.#consent,
      ...(this.#resumeKey ? { resumeKey: this.#resumeKey } : {}),
      ...(this.#resumeKey && word ? { word } : {}),
      ...(media ? { media } : {}),
    });
    const early = this.#early ?? [];
    this.#early = undefined;
    if (!this.#connection.isOpen) return;
    if (!joined.ok) {
      this.#notLetIn(joined);
      return;
    }
    if (joined.value.state === 'waiting') {
      this.#set({ phase: 'waiting', ...joined.value.room });
      if (early.length > 0) this.#hear(early);
      return;
    }
    const { snapshot } = joined.value;
    this.#resumeKey = snapshot.self.resumeKey;
    const known = roomOf(this.#state)?.chat.at(-1)?.id;
    this.#set({ phase: 'in-room', room: roomFrom(snapshot, this.#around.now(), roomOf(this.#state)) });
    for (const follower of this.#followers) follower.entered(snapshot);
    this.surveyor.entered(snapshot.resumed);
    this.#hear(early);
    this.#keepPosting();
    this.#rest.joined(known);
  }

  #joinMedia(): JoinMedia | undefined {
    for (const follower of this.#followers) {
      const media = follower.joinMedia?.();
      if (media) return media;
    }
    return undefined;
  }

  #notLetIn(failure: Failure): void {
    if (failure.code === 'seat-lost' && this.#resumeKey) {
      this.#resumeKey = undefined;
      void this.#enter();
      return;
    }
    if (isPassing(failure.code)) {
      this.#around.later(askAgainMs, () => {
        if (this.#connection.isOpen && this.#state.phase !== 'in-room' && !this.#early) void this.#enter();
      });
      return;
    }
    this.#refuse(failure);
  }

  #hear(batch: readonly Notice[]): void {
    if (this.#early) {
      this.#early.push(...batch);
      return;
    }
    this.#rest.heard(batch);
    this.#apply(batch);
    for (const notice of batch) {
      if (notice.type === 'ended') this.#showOut(notice);
      else if (notice.type === 'admitted' && this.#state.phase === 'waiting') void this.#enter();
      else for (const follower of this.#followers) follower.heard(notice);
    }
  }

  #apply(batch: readonly Notice[]): void {
    if (this.#state.phase !== 'in-room') return;
    const before = this.#state.room;
    const room = reduceAll(before, batch);
    if (room !== before) this.#set({ phase: 'in-room', room });
  }

  #showOut({ reason, note }: NoticeOf<'ended'>): void {
    // A stopped server comes back and finds the room again; the line's own tries bring us there.
    if (reason === 'server-stopped') return;
    this.#connection.close();
    this.#end(reason, note);
  }

  #lost(): void {
    this.#early = undefined;
    this.#rest.lost();
    this.surveyor.lost(this.#state.phase === 'in-room');
    if (this.#state.phase === 'in-room') this.#set({ phase: 'dropped', room: this.#state.room, since: this.#around.now() });
  }

  /** L22 */
  #networkChanged(): void {
    this.hurry();
    if (this.#state.phase === 'in-room') for (const follower of this.#followers) follower.networkChanged?.();
  }

  #refuse(failure: Failure): void {
    this.#connection.close();
    this.#over();
    this.#set({ phase: 'refused', code: failure.code, details: failure.details });
  }

  #end(reason: LeaveReason, note?: string): void {
    this.#over();
    this.#set({ phase: 'ended', reason, note, lessonId: this.lessonId });
  }

  #over(): void {
    this.#resumeKey = undefined;
    this.surveyor.over();
    this.#rest.lost();
    for (const follower of this.#followers) follower.over();
  }

  #keepPosting(): void {
    void this.#outbox.flush().then(() => {
      const waits = this.#outbox.items.some((item) => item.refusedWith === undefined);
      if (waits && this.#state.phase === 'in-room') this.#around.later(askAgainMs, () => this.#keepPosting());
    });
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
