// Which picture is large, and who is in a recording.
import { describe, expect, test } from 'vitest';
import { ParticipantId, TrackId } from '../../../server/contract/ids.ts';
import { peopleOf } from './people.ts';
import { planStage, type StageWish } from './stage-plan.ts';

const picture = (id: string, who: string, source: 'camera' | 'screen' = 'camera') => ({
  trackId: TrackId.parse(id),
  participantId: ParticipantId.parse(who),
  source,
});
const [teacher, anna, screen] = [picture('1', 'teacher'), picture('2', 'anna'), picture('3', 'teacher', 'screen')];

const plan = (pictures: readonly (typeof teacher)[], wish: Partial<StageWish<typeof teacher>> = {}) =>
  planStage(pictures, { layout: 'screen', speaker: null, pinned: null, mostBeside: 6, ...wish });

describe('the large picture', () => {
  test('is the screen, whoever speaks', () => {
    expect(plan([teacher, anna, screen], { speaker: anna.participantId })).toEqual({ large: [screen], beside: [teacher, anna], hidden: 0 });
  });

  test('is the speaker when there is no screen, else the first', () => {
    expect(plan([teacher, anna], { speaker: anna.participantId }).large).toEqual([anna]);
    expect(plan([teacher, anna]).large).toEqual([teacher]);
  });

  test('is the speaker where the viewer wants that, and the screen stands beside', () => {
    const { large, beside } = plan([teacher, anna, screen], { layout: 'speaker', speaker: anna.participantId });
    expect(large).toEqual([anna]);
    expect(beside).toEqual([teacher, screen]);
    expect(plan([screen], { layout: 'speaker' }).large).toEqual([screen]);
  });

  test('is two alike side by side, one where there is only one', () => {
    expect(plan([teacher, anna, screen], { layout: 'side', speaker: anna.participantId }).large).toEqual([screen, anna]);
    expect(plan([teacher, anna, screen], { layout: 'side', pinned: teacher.trackId, speaker: anna.participantId }).large).toEqual([
      screen,
      teacher,
    ]);
    expect(plan([teacher], { layout: 'side' }).large).toEqual([teacher]);
  });

  test('is the one the viewer chose, as long as it is there', () => {
    expect(plan([teacher, anna, screen], { pinned: anna.trackId }).large).toEqual([anna]);
    expect(plan([teacher, screen], { pinned: anna.trackId }).large).toEqual([screen]);
  });

  test('is nobody’s when nothing is shown, or only sound is wanted', () => {
    expect(plan([])).toEqual({ large: [], beside: [], hidden: 0 });
    expect(plan([teacher, screen], { layout: 'sound' })).toEqual({ large: [], beside: [], hidden: 2 });
  });
});

test('the speaker is beside the screen even when there are many, and nobody changes places', () => {
  const many = Array.from({ length: 9 }, (_, index) => picture(`c${index}`, `s${index}`));
  const { beside, hidden } = plan([screen, ...many], { speaker: ParticipantId.parse('s8'), mostBeside: 3 });
  expect(beside.map(({ trackId }) => trackId)).toEqual(['c0', 'c1', 'c8']);
  expect(hidden).toBe(6);
});

test('people are listed once, with all they sent, from when they began', () => {
  const part = { file: 'p0001.mp4', index: 'p0001.jsonl', mime: '', endMs: 90_000, initBytes: 1, bytes: 2, open: false };
  const tracks = [
    { ...teacher, name: 'Т', parts: [{ ...part, startMs: 4000 }] },
    { ...anna, name: 'А', parts: [{ ...part, startMs: 15_000 }] },
    { ...teacher, trackId: TrackId.parse('m'), source: 'microphone' as const, name: 'Т', parts: [{ ...part, startMs: 100 }] },
  ];
  expect(peopleOf({ tracks })).toEqual([
    { participantId: 'teacher', name: 'Т', sources: ['microphone', 'camera'], fromMs: 100 },
    { participantId: 'anna', name: 'А', sources: ['camera'], fromMs: 15_000 },
  ]);
});
