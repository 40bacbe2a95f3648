// What is kept of people's lines, minute by minute, from what is measured, reported and what happens.
import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { silentStats } from '../../test/support/fake-media.ts';
import { ConnectionId, LessonId, ParticipantId, PersonId } from '../contract/ids.ts';
import type { QualityReport } from '../contract/quality-report.ts';
import type { Fact } from '../facts.ts';
import type { Standing } from '../media/media-reading.ts';
import type { QualityBatch, QualityLine } from './history.store.ts';
import { QualityWatch } from './quality-watch.ts';
import { minuteOf, type StepFigures, unpackMinute } from './steps.ts';

const start = Date.parse('2026-09-07T10:07:00Z');
const lessonId = LessonId.parse('optics');
const refOf = (name: string) => ({
  ...{
    lessonId,
    personId: PersonId.parse(name),
    participantId: ParticipantId.parse(`p-${name}`),
    connectionId: ConnectionId.parse(`c-${name}`),
  },
});
const report: QualityReport = { ofMs: 10_000, path: null, heard: { concealed: 0.1, jitterMs: 12 }, seen: null, sent: null };
const fine: Standing = { ice: 'connected', ladder: 'all', ladderWhy: 'line', isOffered: false };

let clock: FakeClock;
let watch: QualityWatch;
let standing: Standing | null;
let away: boolean;
let lines: Map<number, QualityLine>;
let minutes: Map<string, readonly (StepFigures | null)[]>;
let severities: Map<string, number>;

beforeEach(() => {
  clock = new FakeClock(start);
  [standing, away, lines, minutes, severities] = [fine, false, new Map(), new Map(), new Map()];
  const write = async (batch: QualityBatch) => {
    if (away) throw new Error('away');
    for (const line of batch.lines) lines.set(line.id, line);
    for (const { lineId, minute, figures, severity } of batch.minutes) {
      if (!lines.has(lineId)) throw new Error('A minute without its line');
      const key = `${lines.get(lineId)?.personId} ${minute - minuteOf(start)}`;
      minutes.set(key, unpackMinute(figures));
      severities.set(key, severity);
    }
  };
  watch = new QualityWatch({ clock, nextId: 41, standing: () => standing, write, failed: () => undefined });
});

function tell(fact: Fact): void {
  watch.onFact(fact);
}

function comes(name: string, address = '10.1.2.77'): void {
  const ref = refOf(name);
  tell({ type: 'participant-joined', ...ref, at: clock.now(), name: `Name of ${name}`, role: 'student' });
  tell({ type: 'connection-opened', ...ref, at: clock.now(), device: 'Firefox, Linux', address });
}
const line = { cause: 'line-silent', ice: 'connected', lossPercent: null, roundTripMs: null, hidden: false } as const;
const drops = (name: string) =>
  tell({ type: 'connection-dropped', ...refOf(name), at: clock.now(), graceUntil: clock.now() + 60_000, line });
const beside = { sameNetwork: 0, onNetwork: 1, room: 0, everywhere: 0 };
const resumes = (name: string) => tell({ type: 'connection-resumed', ...refOf(name), at: clock.now(), gapMs: 0, beside, word: null });
const goes = (name: string, reason: 'left' | 'connection-lost' | 'server-stopped' = 'left') =>
  tell({ type: 'connection-closed', ...refOf(name), at: clock.now(), reason, beside: null });
const measure = (name: string, lossDown: number, roundTripMs = 50) => {
  const path = { protocol: 'udp', remoteAddress: '10.1.2.77' } as const;
  watch.measured(refOf(name), null, { ...silentStats, lossOut: lossDown, roundTripMs, bpsOut: 800_000, worker: 9, path });
};

it('Z1 a line is written with its person, network and device, and its minute when it is over', async () => {
  comes('dana');
  clock.advance(5_000);
  measure('dana', 0.1);
  measure('dana', 0.2, 150);
  watch.reported(refOf('dana'), report);
  clock.advance(55_000);
  await watch.flush();
  expect([...lines.values()]).toMatchObject([
    {
      id: 41,
      personId: 'dana',
      role: 'student',
      guestName: null,
      device: 'Firefox, Linux',
      network: '10.1.2.0/24',
      openedAt: start,
      closedAt: null,
    },
  ]);
  const [first, second] = minutes.get('dana 0') ?? [];
  expect(first).toMatchObject({ protocol: 'udp', server: { roundTripMs: 100, downBps: 800_000 }, device: { heard: { jitterMs: 12 } } });
  expect(first?.server?.lossDown).toBeCloseTo(0.15, 2);
  expect(second).toMatchObject({ ice: 'connected', protocol: 'udp', server: null, device: null });
  expect(severities.get('dana 0')).toBe(2);
});

it('Z1 steps begin when a device comes and end when it goes, whenever that is', async () => {
  clock.advance(33_000);
  comes('dana');
  clock.advance(41_000);
  goes('dana');
  await watch.flush();
  expect(minutes.get('dana 0')?.map((step) => step !== null)).toEqual([false, false, false, true, true, true]);
  expect(minutes.get('dana 1')?.map((step) => step !== null)).toEqual([true, true, false, false, false, false]);
  expect([...lines.values()]).toMatchObject([{ closedAt: start + 74_000 }]);
  expect(watch.lines).toBe(0);
});

it('Z1 the time for which a line was lost is told with its cause, and ends when it is back', async () => {
  comes('dana');
  clock.advance(8_000);
  drops('dana');
  clock.advance(15_000);
  resumes('dana');
  clock.advance(40_000);
  await watch.flush();
  const lost = minutes.get('dana 0')?.map((step) => step?.lost?.ms ?? 0);
  expect(lost).toEqual([2_000, 10_000, 3_000, 0, 0, 0]);
  expect(minutes.get('dana 0')?.[2]?.lost?.cause).toBe('line-silent');
});

it('Z1 a device that finds no way for media is cut off when twice in a row there is none', async () => {
  standing = { ...fine, ice: 'new', isOffered: true };
  comes('dana');
  clock.advance(30_000);
  standing = { ...fine, ice: 'connected' };
  clock.advance(30_000);
  await watch.flush();
  expect(minutes.get('dana 0')?.map((step) => step?.isCutOff)).toEqual([false, true, true, false, false, false]);
});

it('Z1 what the ladder decided, hidden pages and a worker that ended are in the step in which they were', async () => {
  comes('dana');
  standing = { ice: 'connected', ladder: 'stills', ladderWhy: 'line', isOffered: false };
  clock.advance(12_000);
  tell({ type: 'page-hidden', ...refOf('dana'), at: clock.now() });
  tell({ type: 'media-failed', lessonId, at: clock.now() });
  clock.advance(48_000);
  await watch.flush();
  const [first, second, third] = minutes.get('dana 0') ?? [];
  expect(first).toMatchObject({ ladder: 'stills', isHidden: false, mediaFailed: false });
  expect(second).toMatchObject({ isHidden: true, mediaFailed: true });
  expect(third).toMatchObject({ isHidden: true, mediaFailed: false });
});

it('Z4 reports that come sooner than five seconds after one another are refused, and count for no step', async () => {
  comes('dana');
  clock.advance(1_000);
  watch.reported(refOf('dana'), report);
  clock.advance(4_000);
  expect(() => watch.reported(refOf('dana'), report)).toThrow(
    expect.objectContaining({ code: 'too-many-requests', details: { retryAfterMs: 1_000 } }),
  );
  clock.advance(1_000);
  watch.reported(refOf('dana'), { ...report, heard: { concealed: 0.5, jitterMs: 99 } });
  clock.advance(54_000);
  await watch.flush();
  // Two of one step are told one in each.
  expect(minutes.get('dana 0')?.map((step) => step?.device?.heard?.jitterMs)).toEqual([12, 99, undefined, undefined, undefined, undefined]);
});

it('Z4 a report speaks of the steps before it as well, of which nothing was told, as long as it says', async () => {
  comes('dana');
  clock.advance(9_000);
  watch.reported(refOf('dana'), report);
  clock.advance(30_000);
  watch.reported(refOf('dana'), { ...report, ofMs: 30_000, heard: { concealed: 0, jitterMs: 3 } });
  clock.advance(21_000);
  await watch.flush();
  expect(minutes.get('dana 0')?.map((step) => step?.device?.heard?.jitterMs)).toEqual([12, 3, 3, 3, undefined, undefined]);
});

it('Z4 a report of somebody who is not there changes nothing', () => {
  expect(() => watch.reported(refOf('nobody'), report)).not.toThrow();
});

it('Z3 what the database does not take is lost and counted, and later minutes are written with their line', async () => {
  comes('dana');
  away = true;
  clock.advance(60_000);
  await watch.flush();
  expect(watch.lost).toBeGreaterThan(0);
  away = false;
  clock.advance(60_000);
  await watch.flush();
  expect(minutes.has('dana 0')).toBe(false);
  expect(minutes.has('dana 1')).toBe(true);
});

it('Z3 when the server stops, what is known is written, and that it stopped', async () => {
  comes('dana');
  clock.advance(25_000);
  await watch.close();
  await watch.close();
  expect(minutes.get('dana 0')?.[2]).toMatchObject({ lost: { cause: 'server-stopped' } });
  expect([...lines.values()]).toMatchObject([{ closedAt: start + 25_000 }]);
});

it('Z1 of a guest by link the name is kept, for there is no account', async () => {
  const ref = refOf('guest-1');
  tell({ type: 'participant-joined', ...ref, at: start, name: 'Brown James', role: 'guest' });
  tell({ type: 'connection-opened', ...ref, at: start, device: '', address: '' });
  await watch.flush();
  expect([...lines.values()]).toMatchObject([{ role: 'guest', guestName: 'Brown James', network: '' }]);
});

it('Z1 a role that changes is the role of the line', async () => {
  comes('dana');
  tell({ type: 'role-changed', ...refOf('dana'), at: start, role: 'teacher', by: PersonId.parse('t') });
  await watch.flush();
  expect([...lines.values()]).toMatchObject([{ role: 'teacher' }]);
});
