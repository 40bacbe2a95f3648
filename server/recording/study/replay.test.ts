// The chat on the recording's clock: what is of the recording, and nothing else.
import { describe, expect, test } from 'vitest';
import { MessageId, ParticipantId, PersonId } from '../../contract/ids.ts';
import { asks, momentIn, questionsOf, replayOf } from './replay.ts';

const startedAt = 1_000_000;
const manifest = {
  ...{ startedAt, durationMs: 100_000, state: 'ended' as const },
  pauses: [{ fromMs: 20_000, toMs: 30_000 }],
  cuts: [{ fromMs: 50_000, toMs: 60_000 }],
};
const endedAt = startedAt + 101_000;
const message = (atMs: number, personId: string, text: string) => ({
  ...{ id: MessageId.parse(`m${atMs < 0 ? 'before' : atMs}`), participantId: ParticipantId.parse('p'), personId: PersonId.parse(personId) },
  ...{ name: personId, at: startedAt + atMs, text },
});

describe('a moment', () => {
  test.each([
    [-1, null],
    [0, 0],
    [19_999, 19_999],
    [20_000, null],
    [29_999, null],
    [30_000, 30_000],
    [55_000, null],
    [60_000, 60_000],
    [100_500, 100_000],
    [101_001, null],
  ])('V62 at %d ms is %s', (atMs, expected) => {
    expect(momentIn(manifest, startedAt + atMs, endedAt)).toBe(expected);
  });

  test('V62 of a class that runs is in it as soon as it has been, but not while it is paused', () => {
    const running = { ...manifest, state: 'recording' as const, durationMs: 65_000 };
    expect(momentIn(running, startedAt + 70_000, null)).toBe(70_000);
    expect(momentIn({ ...running, state: 'paused' }, startedAt + 70_000, null)).toBeNull();
  });
});

test('V62 own messages that ask and own raised hands are questions, in order of time', () => {
  const messages = [
    message(-5, 'me', 'before?'),
    message(5000, 'me', 'Why?'),
    message(25_000, 'me', 'paused?'),
    message(41_000, 'other', 'Who?'),
    message(42_000, 'me', 'I see.'),
    message(52_000, 'me', 'cut?'),
  ];
  const chat = replayOf(manifest, messages, endedAt, 'me');
  expect(chat.map(({ atMs, own, text }) => [atMs, own, text])).toEqual([
    [5000, true, 'Why?'],
    [41_000, false, 'Who?'],
    [42_000, true, 'I see.'],
  ]);
  expect(questionsOf(manifest, chat, [startedAt + 51_000, startedAt + 61_000, startedAt + 1000], endedAt)).toEqual([
    { atMs: 1000, kind: 'hand' },
    { atMs: 5000, kind: 'message' },
    { atMs: 61_000, kind: 'hand' },
  ]);
});

test('V62 an address is no question', () => {
  expect(asks('Қалай шығады?')).toBe(true);
  expect(asks('see https://example.kz/?page=2')).toBe(false);
  expect(asks('https://example.kz/?a=1 – осы ма?')).toBe(true);
});
