// W40 to W46 for microphones, on series of levels and counts as the engine tells them.
import { describe, expect, test } from 'vitest';
import { afterLevel, afterSoundCount, afterSoundGap, afterVoice, type Sound, soundFrom } from './silence.ts';

const second = 1_000;
const noughts = -127;

/** A level each five seconds, from the sixth second on. */
function heard(levels: readonly number[], begin: Sound = soundFrom(0), from = 0): Sound {
  return levels.reduce((sound, decibels, index) => afterLevel(sound, decibels, 5 * second, from + (index + 1) * 5 * second), begin);
}

/** A count each five seconds. */
function counted(counts: readonly (readonly [packets: number, line: number])[], begin: Sound = soundFrom(0), from = 0): Sound {
  return counts.reduce(
    (sound, [packets, lineBytes], index) =>
      afterSoundCount(sound, { at: from + index * 5 * second, packets, bytes: packets * 60, lineBytes }),
    begin,
  );
}

describe('a microphone that gives noughts', () => {
  test('W41 is silent after fifteen seconds, from the first of them on', () => {
    expect(heard([noughts, noughts]).signal).toBe('fine');
    expect(heard([noughts, noughts, noughts])).toMatchObject({ signal: 'silent', since: 0 });
    expect(heard([-40, -71, noughts, noughts, noughts])).toMatchObject({ signal: 'silent', since: 10 * second });
  });

  test('W41 is not silent sooner because it was opened in the middle of a measurement', () => {
    const opened = soundFrom(4 * second);
    expect(heard([noughts, noughts, noughts], opened).signal).toBe('fine');
    expect(heard([noughts, noughts, noughts, noughts], opened)).toMatchObject({ signal: 'silent', since: 4 * second });
  });

  test('W44 is fine again with the first sound, loud or hardly any', () => {
    const silent = heard([noughts, noughts, noughts]);
    expect(afterVoice(silent, 15_300)).toMatchObject({ signal: 'fine', since: 15_300 });
    expect(afterLevel(silent, -118, 5 * second, 20 * second)).toMatchObject({ signal: 'fine', since: 20 * second });
  });

  test('W43 is given three minutes once it was seen to do so in a pause, and silent after them', () => {
    const spoke = afterVoice(heard([noughts, noughts]), 11 * second);
    const pause = (levels: number) =>
      heard(
        Array.from({ length: levels }, () => noughts),
        spoke,
        11 * second,
      );
    expect(pause(35).signal).toBe('fine');
    expect(pause(36)).toMatchObject({ signal: 'silent', since: 11 * second });
  });

  test('W43 for longer than a pause lasts is no device that does so between words', () => {
    const unmuted = afterVoice(heard(Array.from({ length: 20 }, () => noughts)), 101 * second);
    expect(heard([noughts, noughts, noughts], unmuted, 101 * second).signal).toBe('silent');
  });
});

test.each([-126 + 1, -110, -96, -90, -72, -50, -9])('W42 a floor of %i dBov is no silence, however long it lasts', (floor) => {
  expect(heard(Array.from({ length: 700 }, () => floor)).signal).toBe('fine');
});

test('W42 nor are single noughts in a quiet room', () => {
  const levels = Array.from({ length: 700 }, (_, index) => (index % 3 === 0 ? -95 : noughts));
  let sound = soundFrom(0);
  for (const [index, decibels] of levels.entries()) {
    sound = afterLevel(sound, decibels, 5 * second, (index + 1) * 5 * second);
    expect(sound.signal).toBe('fine');
  }
});

describe('a microphone of which nothing comes', () => {
  test('W45 is silent when the line carries other things', () => {
    expect(
      counted([
        [50, 1_000],
        [50, 1_100],
      ]).signal,
    ).toBe('fine');
    expect(
      counted([
        [50, 1_000],
        [50, 1_100],
        [50, 1_200],
      ]),
    ).toMatchObject({ signal: 'silent', since: 0 });
  });

  test('W45 is fine while silence itself comes, few packets as it is', () => {
    expect(counted(Array.from({ length: 100 }, (_, index) => [index * 12, index * 800] as const)).signal).toBe('fine');
  });

  test('W46 is not judged when nothing comes of anything: that is the line', () => {
    const lost = Array.from({ length: 20 }, () => [50, 1_000] as const);
    expect(counted(lost).signal).toBe('fine');
    expect(counted([...lost, [50, 1_100], [90, 5_000]]).signal).toBe('fine');
  });

  test('W44 is fine again when something comes, and not because the line went', () => {
    const silent = counted([
      [50, 1_000],
      [50, 1_100],
      [50, 1_200],
    ]);
    expect(
      counted(
        [
          [50, 1_200],
          [50, 1_200],
        ],
        silent,
        15 * second,
      ).signal,
    ).toBe('silent');
    expect(counted([[60, 2_000]], silent, 15 * second)).toMatchObject({ signal: 'fine', since: 15 * second });
  });
});

test('W46 noughts before a lost line do not count with those after it; what was silent stays so until it is heard', () => {
  const cut = afterSoundGap(heard([noughts, noughts]));
  expect(heard([noughts, noughts], cut, 60 * second).signal).toBe('fine');
  expect(heard([noughts, noughts, noughts], cut, 60 * second).signal).toBe('silent');
  const silent = afterSoundGap(heard([noughts, noughts, noughts]));
  expect(
    counted(
      [
        [50, 1_000],
        [90, 9_000],
      ],
      silent,
      60 * second,
    ).signal,
  ).toBe('silent');
  expect(afterVoice(silent, 70 * second).signal).toBe('fine');
});
