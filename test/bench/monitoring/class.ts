// A thousand people in twenty classes, on a clock of the measurement's own: their lines are measured as a server does, and their browsers report.
import { setImmediate } from 'node:timers/promises';
import { ConnectionId, ParticipantId } from '../../../server/contract/ids.ts';
import { requests } from '../../../server/contract/index.ts';
import type { QualityReport } from '../../../server/contract/quality-report.ts';
import { reportHandlers } from '../../../server/diagnosis/hearing.ts';
import type { SessionIn } from '../../../server/edge/session.ts';
import type { Fact } from '../../../server/facts.ts';
import { ConnectionMedia } from '../../../server/media/connection-media.ts';
import { LineWatch } from '../../../server/media/line-watch.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import { FakeMedia, silentStats } from '../../support/fake-media.ts';
import { lessonOf, personOf } from '../subjects/university.ts';
import type { MonitoringPart } from './part.ts';

const tickMs = 500;
/** As browsers do whose line is well. */
const reportEveryMs = 30_000;

interface Present {
  readonly media: ConnectionMedia;
  readonly session: SessionIn<'in-room'>;
  /** So that not all report in the same moment. */
  readonly reportsAtMs: number;
}

/** As a browser sends it. */
const told = JSON.stringify({
  ofMs: 30_000,
  path: { candidate: 'host', protocol: 'udp', network: 'wifi' },
  heard: { concealed: 0.0123, jitterMs: 7.25 },
  seen: { freezes: 0, frozenMs: 0, pictures: 5, height: 720, fps: 24.5 },
  sent: { limitedBy: 'none', height: 720, fps: 24.9 },
} satisfies QualityReport);

export class CrowdedUniversity {
  readonly clock: FakeClock;
  readonly #people: readonly Present[];
  readonly #parts: readonly MonitoringPart[];
  readonly #watch: LineWatch;
  readonly #tellsReports: boolean;

  private constructor(clock: FakeClock, people: readonly Present[], parts: readonly MonitoringPart[]) {
    this.clock = clock;
    this.#people = people;
    this.#parts = parts;
    this.#tellsReports = parts.length > 0;
    this.#watch = new LineWatch({
      clock,
      isWatched: () => false,
      connections: () => people.map(({ media }) => media),
      measured: (lines) => {
        for (const { connection, stats, readings } of lines) for (const { hearer } of parts) hearer?.measured(connection, stats, readings);
      },
      failed: (error) => {
        throw error;
      },
    });
  }

  static async open(
    size: { readonly people: number; readonly perLesson: number },
    clock: FakeClock,
    open: (standing: (connectionId: ConnectionId) => ConnectionMedia | undefined) => Promise<readonly MonitoringPart[]>,
  ): Promise<CrowdedUniversity> {
    const engine = new FakeMedia();
    const people: Present[] = [];
    const byId = new Map<ConnectionId, ConnectionMedia>();
    const parts = await open((id) => byId.get(id));
    for (let number = 0; number < size.people; number += 1) {
      const ref = {
        lessonId: lessonOf(Math.floor(number / size.perLesson)),
        personId: personOf(Math.floor(number / size.perLesson), number % size.perLesson),
        participantId: ParticipantId.parse(`participant-${number}-of-22`),
        connectionId: ConnectionId.parse(`connection-${String(number).padStart(5, '0')}`),
      };
      const ignore = () => undefined;
      const media = new ConnectionMedia({ ref, now: () => clock.now(), tell: ignore, given: ignore, failed: ignore });
      const room = engine.rooms.get(ref.lessonId) ?? (await engine.openRoom(ref.lessonId, { viewers: size.perLesson, pictures: 1 }));
      const before = new Set(room.transports);
      for (const direction of ['send', 'receive'] as const) await media.open(room, direction);
      for (const transport of room.transports) if (!before.has(transport)) [transport.figures, transport.ice] = [busy(number), 'connected'];
      byId.set(ref.connectionId, media);
      const claims = { personId: ref.personId, lessonId: ref.lessonId, name: `Person ${number}`, guest: false };
      people.push({ media, session: { phase: 'in-room', claims, connection: ref }, reportsAtMs: (number * tickMs) % reportEveryMs });
      const at = clock.now();
      const facts: Fact[] = [
        { type: 'participant-joined', ...ref, at, name: claims.name, role: number % size.perLesson === 0 ? 'teacher' : 'student' },
        { type: 'connection-opened', ...ref, at, device: 'Chrome, Windows', address: `10.${number % 40}.7.${number % 250}` },
      ];
      for (const fact of facts) for (const part of parts) part.onFact?.(fact);
    }
    return new CrowdedUniversity(clock, people, parts);
  }

  /** Lets time pass as a server lives through it; answers the CPU that it took, in milliseconds. */
  async pass(ms: number): Promise<number> {
    const { 'media:report': report } = reportHandlers(this.#parts.flatMap(({ hearer }) => hearer ?? []));
    const before = process.cpuUsage();
    for (let passed = 0; passed < ms; passed += tickMs) {
      this.clock.advance(tickMs);
      if (this.#tellsReports)
        for (const { session, reportsAtMs } of this.#people)
          if (this.clock.now() % reportEveryMs === reportsAtMs)
            await report.handle(requests['media:report'].input.parse(JSON.parse(told)), session, {
              id: '',
              address: '',
              enter: () => undefined,
            });
      await setImmediate();
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }

  async close(): Promise<void> {
    this.#watch.close();
    for (const part of this.#parts) await part.close();
  }
}

/** One in ten has a bad line. */
function busy(number: number): typeof silentStats {
  const isBad = number % 10 === 0;
  return {
    ...silentStats,
    ...{ bytesIn: 1_000_000 + number, bytesOut: 2_000_000, packetsIn: 9000, packetsLostIn: 10, bpsIn: 600_000, bpsOut: 1_500_000 },
    ...{ lossIn: isBad ? 0.08 : 0.001, lossOut: isBad ? 0.06 : 0, roundTripMs: isBad ? 420 : 38, availableBps: 3_000_000 },
    path: { protocol: 'udp', remoteAddress: '10.1.2.3' },
  };
}
