// Which picture is large, and who is in a recording.
import { describe, expect, test } from 'vitest';
import { ParticipantId, TrackId } from '../../../server/contract/ids.ts';
import { peopleOf } from './people.ts';
import { planStage } from './stage-plan.ts';

const picture = (id: string, who: string, source: 'camera' | 'screen' = 'camera') => ({
  trackId: TrackId.parse(id),
  participantId: ParticipantId.parse(who),
  source,
});
const [teacher, anna, screen] = [picture('1', 'teacher'), picture('2', 'anna'), picture('3', 'teacher', 'screen')];

describe('the large picture', () => {
  test('is the screen, whoever speaks', () => {
    expect(planStage([teacher, anna, screen], anna.participantId, null, 6)).toEqual({ large: screen, beside: [teacher, anna], hidden: 0 });
  });

  test('is the speaker when there is no screen, else the first', () => {
    expect(planStage([teacher, anna], anna.participantId, null, 6).large).toBe(anna);
    expect(planStage([teacher, anna], null, null, 6).large).toBe(teacher);
  });

  test('is the one the viewer chose, as long as it is there', () => {
    expect(planStage([teacher, anna, screen], null, anna.trackId, 6).large).toBe(anna);
    expect(planStage([teacher, screen], null, anna.trackId, 6).large).toBe(screen);
  });

  test('is nobody’s when nothing is shown', () => {
    expect(planStage([], null, null, 6)).toEqual({ large: null, beside: [], hidden: 0 });
  });
});

test('the speaker is beside the screen even when there are many, and nobody changes places', () => {
  const many = Array.from({ length: 9 }, (_, index) => picture(`c${index}`, `s${index}`));
  const { beside, hidden } = planStage([screen, ...many], ParticipantId.parse('s8'), null, 3);
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
