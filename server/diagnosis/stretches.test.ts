// How single steps become stretches of trouble.
import { expect, it } from 'vitest';
import { measured, step, told } from './steps.fixture.ts';
import { minuteOf, type StepFigures } from './steps.ts';
import { stretchesOf, troubledSteps } from './stretches.ts';

const start = Date.parse('2026-09-07T10:07:00Z');
const bad = measured({ lossDown: 0.12 });
const fine = measured({});

/** Steps of ten seconds from 10:07 on, six a minute. */
function stretches(steps: readonly (StepFigures | null)[], line = 1) {
  const minutes = Array.from({ length: Math.ceil(steps.length / 6) }, (_, place) => ({
    ...{ line, minute: minuteOf(start) + place, worker: 7 },
    steps: Array.from({ length: 6 }, (_, slot) => steps[place * 6 + slot] ?? null),
  }));
  return stretchesOf(minutes.flatMap(troubledSteps));
}

it('Z7 steps with no more than half a minute between them are one stretch', () => {
  const found = stretches([fine, bad, fine, null, fine, bad, fine]);
  expect(found).toMatchObject([{ from: start + 10_000, to: start + 60_000 }]);
  expect(stretches([bad, fine, fine, fine, fine, bad])).toHaveLength(2);
});

it('Z7 a stretch goes over full minutes and tells the worst of all its steps', () => {
  const [one] = stretches([
    ...[null, null, null, null, bad, measured({ lossUp: 0.4, jitterMs: 80, roundTripMs: 500 })],
    told({ heard: { concealed: 0.1, jitterMs: 120 }, seen: { freezes: 2, frozenMs: 1500, pictures: 1, height: 360, fps: 15 } }),
    { ...told({ seen: { freezes: 1, frozenMs: 700, pictures: 1, height: 360, fps: 15 } }), ladder: 'stills' },
  ]);
  expect(one).toMatchObject({ from: start + 40_000, to: start + 80_000, severity: 'unusable' });
  expect(one?.kinds).toEqual(['loss', 'sound-gaps', 'frozen', 'delay', 'reduced']);
  expect(one?.worst).toMatchObject({ lossUp: 0.4, jitterMs: 120, concealed: 0.1, freezes: 3, frozenMs: 2200, ladder: 'stills' });
  expect(one?.worstStep.at).toBe(start + 50_000);
});

it('Z7 a loss of the line over several steps is one, and a second one is another', () => {
  const lost = step({ lost: { ms: 10_000, cause: 'line-silent' } });
  expect(stretches([lost, lost, lost, fine, lost])[0]?.worst.drops).toBe(2);
});

it('Z7 several devices of one person are one stretch', () => {
  const minute = (line: number, slot: number) => ({
    ...{ line, minute: minuteOf(start), worker: 7 },
    steps: Array.from({ length: 6 }, (_, place) => (place === slot ? bad : null)),
  });
  const found = stretchesOf([minute(1, 2), minute(2, 0)].flatMap(troubledSteps));
  expect(found).toMatchObject([{ from: start, to: start + 30_000 }]);
});

it('Z7 what is fine makes no stretch', () => {
  expect(stretches([fine, fine, null])).toEqual([]);
});
