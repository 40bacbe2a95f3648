// Builds what a class runs on: rooms, chat, media and the socket in front of them; says which of them hears which fact.
import { randomBytes, randomInt } from 'node:crypto';
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Kysely } from 'kysely';
import { ChatService, type ChatServiceOptions } from './chat/chat.service.ts';
import { chatHandlers } from './chat/chat.socket.ts';
import { ChatStore } from './chat/chat.store.ts';
import type { LessonId } from './contract/ids.ts';
import type { RecordingView } from './contract/room.ts';
import type { Database } from './database/tables.ts';
import { type LineHearer, reportHandlers, watchDoor } from './diagnosis/hearing.ts';
import { channelsOf, SocketAnnouncer, type SocketServer } from './edge/announcer.ts';
import { listenToSockets, openSocketServer, type SocketHearer, type SocketOptions } from './edge/socket.ts';
import { SocketGate } from './edge/socket-gate.ts';
import { limitsWith, type OtherLimits } from './edge/socket-limits.ts';
import { type Fact, FactBus } from './facts.ts';
import { type Holding, noHolding } from './holding/holding.ts';
import type { Log } from './log.ts';
import type { IceOptions } from './media/ice.ts';
import { MediaService } from './media/media.service.ts';
import { mediaHandlers } from './media/media.socket.ts';
import type { Clock } from './ports/clock.ts';
import type { ExpectedLoad, MediaEngine } from './ports/media.ts';
import { CheckNotices } from './room/check.notices.ts';
import { checkHandlers } from './room/check.socket.ts';
import type { LiveRoomsOptions, Plans } from './room/live-rooms.ts';
import { RoomNotices } from './room/room.notices.ts';
import { RoomService } from './room/room.service.ts';
import { entranceHandlers, type Recording, roomHandlers } from './room/room.socket.ts';
import { RoomStore } from './room/room.store.ts';
import type { DoorRule } from './timetable/door.ts';

export interface RoomsOptions {
  readonly http: HttpServer;
  readonly peers: { isOwnOrigin(request: IncomingMessage): boolean; of(request: IncomingMessage): { readonly address: string } };
  readonly tokens: SocketOptions['tokens'];
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly trace: LiveRoomsOptions['trace'] & ChatServiceOptions['trace'];
  readonly plans: Plans;
  readonly door: DoorRule;
  readonly recording: Recording & { view(lessonId: LessonId): RecordingView };
  readonly engine: MediaEngine;
  readonly ice: IceOptions;
  /** What a lesson's room will likely have to carry; answers at once. */
  readonly expected: (lessonId: LessonId) => ExpectedLoad;
  /** What happens while the database is away; missing: rooms that cannot be written are given up. */
  readonly holding?: Holding;
  /** How long a dropped device keeps its seat; default 60 seconds. */
  readonly graceMs?: number;
  /** Who in a class knows that somebody observes it; missing: everyone. */
  readonly observersTold?: LiveRoomsOptions['observersTold'];
  readonly limits?: OtherLimits;
  /** For the metrics. */
  readonly hearer?: SocketHearer;
  readonly traced?: SocketOptions['traced'];
  /** In their order. */
  readonly lines?: readonly LineHearer[];
  /** From 0 to 1, without 1: draws the moments of presence checks. */
  readonly random?: () => number;
}

export interface Rooms {
  readonly bus: FactBus;
  readonly service: RoomService;
  readonly media: MediaService;
  readonly sockets: SocketServer;
  /** What other modules saw happen: through the room, so that it is written before it is told, and in order with the room's own facts. */
  record(facts: readonly Fact[]): Promise<void>;
  /** Shows everyone out and closes the sockets; the HTTP server listens no longer. Safe twice. */
  close(): Promise<void>;
}

export function openRooms(options: RoomsOptions): Rooms {
  const {
    http,
    peers,
    tokens,
    db,
    clock,
    log,
    trace,
    plans,
    door,
    recording,
    engine,
    ice,
    graceMs,
    observersTold,
    hearer,
    traced,
    lines = [],
    holding = noHolding,
  } = options;
  const bus = new FactBus((name, fact, error) =>
    log.error({ listener: name, fact: fact.type, lessonId: fact.lessonId, error }, 'A listener to what happens in rooms failed'),
  );
  const chats = new ChatStore(db, holding);
  const limits = limitsWith(options.limits);
  const addressOf = (request: IncomingMessage) => peers.of(request).address;
  const gate = new SocketGate({ isOwnOrigin: (request) => peers.isOwnOrigin(request), addressOf, limits, cut: (why) => hearer?.cut(why) });
  const sockets = openSocketServer(http, gate, limits);
  const announcer = new SocketAnnouncer(channelsOf(sockets), (lessonId, action) => service.connectionsThatMay(lessonId, action));
  const checks = new CheckNotices(announcer, clock);
  const service: RoomService = new RoomService({
    ...{ plans, trace, bus, clock, log, door, recording, chats, ...(graceMs !== undefined && { graceMs }) },
    ...(observersTold && { observersTold }),
    rooms: new RoomStore(db, holding),
    isStuck: () => holding.isStuck,
    checkChanged: (room, before) => checks.changed(room, before),
    media: { enter: (ref, device) => media.enter(ref, device), lineOf: (ref) => media.lineOf(ref) },
  });
  const record = async (facts: readonly Fact[]) => {
    await Promise.all(facts.map((fact) => service.record(fact.lessonId, [fact])));
  };
  const media: MediaService = new MediaService({
    ...{ engine, announcer, clock, log, ice },
    rooms: service,
    // The lessons that are looked at most often have one picture and a screen.
    expected: (lessonId) => options.expected(lessonId),
    publish: (facts) => {
      record(facts).catch((error: unknown) =>
        log.error({ error, facts: facts.map(({ type }) => type) }, 'What happened to tracks could not be written into the trace'),
      );
    },
    measured: lines.map(({ measured }) => measured),
    newId: () => randomBytes(12).toString('base64url'),
  });
  const notices = new RoomNotices(service, announcer);

  bus.listen('rooms', (fact) => service.onFact(fact));
  bus.listen('media', (fact) => media.onFact(fact));
  bus.listen('notices', (fact) => notices.onFact(fact));

  const chat = new ChatService({ rooms: service, chats, trace, clock });
  const handlers = {
    ...watchDoor(entranceHandlers(service), lines),
    ...roomHandlers(service, recording),
    ...checkHandlers(service, options.random ?? drawn),
    ...chatHandlers(chat),
    ...mediaHandlers(media),
    ...reportHandlers(lines),
  };
  listenToSockets(sockets, {
    handlers,
    rooms: service,
    tokens,
    addressOf,
    clock,
    log,
    limits,
    gate,
    ...(hearer && { hearer }),
    ...(traced && { traced }),
  });

  let closing: Promise<void> | undefined;
  const close = async () => {
    await service.close();
    announcer.flush();
    // Not awaited: socket.io waits for the last connection of the HTTP server, which is ended by whoever opened it.
    void sockets.close();
    media.close();
  };
  return { bus, service, media, sockets, record, close: () => (closing ??= close()) };
}

function drawn(): number {
  const steps = 2 ** 40;
  return randomInt(steps) / steps;
}
