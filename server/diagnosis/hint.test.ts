// Each cause is told from figures that show it, and from no others.
import { expect, it } from 'vitest';
import { type Around, hintOf, hintOfRefusal, type Present, type Troubled } from './hint.ts';
import { measured, step, told } from './steps.fixture.ts';
import { minuteOf, type StepFigures } from './steps.ts';
import { stretchesOf, troubledSteps } from './stretches.ts';

const dormitory = '10.1.2.0/24';
const start = Date.parse('2026-09-07T10:07:00Z');

function stretch(...steps: readonly StepFigures[]) {
  const minute = { line: 1, minute: minuteOf(start), worker: 7, steps: Array.from({ length: 6 }, (_, slot) => steps[slot] ?? null) };
  const [found] = stretchesOf(troubledSteps(minute));
  if (found === undefined) throw new Error('There is trouble.');
  return found;
}

const me: Troubled = { personId: 'me', lessonId: 'optics', network: dormitory, worker: 7, stretch: stretch(measured({ lossDown: 0.2 })) };

/** So many people alike, the first of them with trouble. */
function people(prefix: string, of: number, troubled: number, where: Partial<Present> = {}): Present[] {
  return Array.from({ length: of }, (_, place) => ({
    ...{ personId: `${prefix}${place}`, lessonId: `lesson-${place % 9}`, network: `10.9.${place}.0/24`, worker: 100 + (place % 3) },
    ...{ isTroubled: place < troubled, ...where },
  }));
}
const self: Present = { personId: 'me', lessonId: 'optics', network: dormitory, worker: 7, isTroubled: true };
const around = (present: readonly Present[], leadLoss: number | null = null): Around => ({ present: [self, ...present], leadLoss });

it('Z11 a network is to blame when most of it suffers and hardly anybody elsewhere does', () => {
  const hint = hintOf(me, around([...people('d', 8, 6, { network: dormitory }), ...people('x', 140, 2)]));
  expect(hint).toMatchObject({ cause: 'network', isSure: true });
  expect(hint.evidence[0]).toEqual({
    code: 'network',
    network: dormitory,
    here: { troubled: 7, of: 9 },
    elsewhere: { troubled: 2, of: 140 },
  });
});

it('Z11 a network of many who are fine is not to blame for one', () => {
  const hint = hintOf(me, around([...people('d', 30, 1, { network: dormitory }), ...people('x', 140, 2)]));
  expect(hint).toMatchObject({ cause: 'own-line', isSure: true });
});

it('Z11 a class is to blame when it suffers and the others do not', () => {
  const hint = hintOf(me, around([...people('c', 25, 20, { lessonId: 'optics', worker: 7 }), ...people('x', 140, 3)]));
  expect(hint).toMatchObject({ cause: 'room', isSure: true });
  expect(hint.evidence[0]).toMatchObject({ code: 'room', here: { troubled: 21, of: 26 } });
});

it('Z11 a worker is to blame when several classes on it suffer and no others', () => {
  const hint = hintOf(me, around([...people('w', 40, 36, { worker: 7 }), ...people('x', 140, 3)]));
  expect(hint).toMatchObject({ cause: 'worker', isSure: true });
  expect(hint.evidence[0]).toMatchObject({ code: 'worker', worker: 7, here: { troubled: 37, of: 41 } });
});

it('Z11 a group of two says so without being sure', () => {
  expect(hintOf(me, around([...people('d', 1, 1, { network: dormitory }), ...people('x', 140, 2)]))).toMatchObject({
    cause: 'network',
    isSure: false,
  });
});

it('Z9 the server is to blame when everybody suffers, in every class and network', () => {
  expect(hintOf(me, around(people('x', 140, 120)))).toMatchObject({ cause: 'server', isSure: true, evidence: [{ code: 'others' }] });
});

it('Z9 where all are on one network in one class, that it is the server is not sure', () => {
  const alike = { network: dormitory, lessonId: 'optics', worker: 7 };
  expect(hintOf(me, around(people('x', 6, 6, alike)))).toMatchObject({ cause: 'server', isSure: false });
});

it('Z10 gaps in what the teacher sends are the teacher’s line, when one’s own loses nothing', () => {
  const gaps = { ...me, stretch: stretch(told({ heard: { concealed: 0.2, jitterMs: 10 } })) };
  const room = people('c', 20, 15, { lessonId: 'optics' });
  expect(hintOf(gaps, around(room, 0.12))).toMatchObject({
    cause: 'teacher-line',
    isSure: true,
    evidence: [{ code: 'teacher-loss', share: 0.12 }, {}, {}],
  });
  expect(hintOf(gaps, around(people('x', 140, 2), 0.12))).toMatchObject({ cause: 'teacher-line', isSure: false });
  expect(hintOf(gaps, around([...room, ...people('x', 140, 2)], 0.01)).cause).toBe('room');
  const both = {
    ...me,
    stretch: stretch({ ...told({ heard: { concealed: 0.2, jitterMs: 10 } }), server: measured({ lossDown: 0.15 }).server }),
  };
  expect(hintOf(both, around(people('x', 140, 2), 0.12)).cause).toBe('own-line');
});

it.each([
  ['loses packets', measured({ lossUp: 0.15 })],
  ['is slow', measured({ roundTripMs: 900 })],
  ['was lost', step({ lost: { ms: 9000, cause: 'line-silent' } })],
  ['finds no way', step({ isCutOff: true, ice: 'failed' })],
  ['carries less', step({ ladder: 'stills' })],
  ['is uneven', { ...told({ heard: { concealed: 0.1, jitterMs: 90 } }) }],
])('Z12 a line that %s while others are fine is this person’s own', (_what, figures) => {
  expect(hintOf({ ...me, stretch: stretch(figures) }, around(people('x', 20, 1)))).toMatchObject({ cause: 'own-line', isSure: true });
});

it('Z12 a device that cannot keep up, or gaps on a line that loses nothing, are the device’s own', () => {
  const slow = stretch(told({ sent: { limitedBy: 'cpu', height: 180, fps: 5 } }));
  expect(hintOf({ ...me, stretch: slow }, around(people('x', 20, 0)))).toMatchObject({
    cause: 'own-device',
    evidence: [{ code: 'device-slow', share: 1 }, {}],
  });
  const gaps = stretch(told({ heard: { concealed: 0.2, jitterMs: 10 } }));
  expect(hintOf({ ...me, stretch: gaps }, around(people('x', 20, 0)))).toMatchObject({
    cause: 'own-device',
    evidence: [{ code: 'gaps-without-loss', loss: 0 }, {}],
  });
});

it('Z12 a slow device is not the network’s fault, though others there lose packets', () => {
  const slow = stretch(told({ sent: { limitedBy: 'cpu', height: 180, fps: 5 } }));
  const others = [...people('d', 8, 7, { network: dormitory }), ...people('x', 140, 2)];
  expect(hintOf({ ...me, stretch: slow }, { present: [{ ...self, isTroubled: false }, ...others], leadLoss: null }).cause).toBe(
    'own-device',
  );
});

it('Z12 a browser that never opened a way for media is the device’s own', () => {
  const never = stretch(step({ isCutOff: true, ice: 'none', server: null, device: null }));
  expect(hintOf({ ...me, stretch: never }, around(people('x', 20, 0))).cause).toBe('own-device');
});

it('Z13 with hardly anybody to compare with nothing is sure', () => {
  expect(hintOf(me, around(people('x', 2, 0)))).toMatchObject({ cause: 'own-line', isSure: false });
  expect(hintOf(me, around([]))).toMatchObject({ cause: 'own-line', isSure: false });
});

it('Z9 a media worker that ended, or a server that stopped, is told as such', () => {
  expect(hintOf({ ...me, stretch: stretch(step({ mediaFailed: true })) }, around([]))).toMatchObject({
    cause: 'worker',
    isSure: true,
    evidence: [{ code: 'media-failed' }],
  });
  const stopped = stretch(step({ lost: { ms: 40, cause: 'server-stopped' } }));
  expect(hintOf({ ...me, stretch: stopped }, around([])).evidence[0]).toEqual({ code: 'server-stopped' });
});

it('Z12 that media went by a relay or by TCP, and how often the line was lost, is told beside', () => {
  const path = { candidate: 'relay', protocol: 'tls', network: 'wifi' } as const;
  const hint = hintOf(
    {
      ...me,
      stretch: stretch({
        ...told({ path, heard: { concealed: 0.3, jitterMs: 9 } }),
        lost: { ms: 3000, cause: 'line-broken' },
        protocol: 'tcp',
      }),
    },
    around([]),
  );
  expect(hint.evidence).toContainEqual({ code: 'way', relay: true, tcp: true });
  expect(hint.evidence).toContainEqual({ code: 'drops', times: 1, cause: 'line-broken' });
});

it('Z8 who was refused is told by which rule, and what the server could not do is the server’s fault', () => {
  expect(hintOfRefusal('room-full')).toEqual({ cause: 'rules', isSure: true, evidence: [{ code: 'refused', refusal: 'room-full' }] });
  expect(hintOfRefusal('media-unavailable').cause).toBe('server');
  expect(hintOfRefusal('protocol-outdated').cause).toBe('own-device');
});
