// A hall that asks for the timeline together is one question to the disk and the database.
import { describe, expect, test } from 'vitest';
import { LessonId, RecordingId, RecordingMarkId } from '../../contract/ids.ts';
import type { RecordingMark } from '../../contract/recording-page.ts';
import type { StoredRecording } from '../recording.store.ts';
import { TimelineService } from './timeline.service.ts';

const recording: StoredRecording = {
  ...{
    id: RecordingId.parse('r'),
    lessonId: LessonId.parse('l'),
    title: null,
    state: 'recording' as const,
    startedAt: 1000,
    endedAt: null,
  },
  ...{
    endReason: null,
    startedBy: null,
    bytes: 0,
    directory: 'r',
    hidden: false,
    visibleFrom: null,
    visibleUntil: null,
    audience: 'lesson',
  },
  ...{ download: true, edition: 0, trashedAt: null, trashedBy: null, purgedAt: null, archivedAt: null, hold: null, sealedKey: null },
};

function world() {
  const state = { now: 5000, reads: 0, fails: false, marks: [] as RecordingMark[] };
  const read = async <T>(value: T): Promise<T> => {
    if (state.fails) throw new Error('The disk is away');
    return value;
  };
  const service = new TimelineService({
    clock: { now: () => state.now },
    manifestOf: ({ id, lessonId, startedAt }) => {
      state.reads += 1;
      return read({ id, lessonId, startedAt, state: 'recording', durationMs: 4000, pauses: [], gaps: [], cuts: [], tracks: [] });
    },
    insightOf: () => read(null),
    marksOf: () => read([...state.marks]),
    talk: { messages: () => read([]), hands: () => read([{ personId: 'asel', at: 2000 }]) },
  });
  return { state, service };
}

describe('the timeline', () => {
  test('V62 is worked out once for all who ask within seconds, and each is told of the own questions', async () => {
    const { state, service } = world();
    const people = Array.from({ length: 200 }, (_, index) => (index === 7 ? 'asel' : `student${index}`));
    const told = await Promise.all(people.map((personId) => service.of(recording, { personId })));
    expect(state.reads).toBe(1);
    expect(told.flatMap(({ questions }, index) => (questions.length > 0 ? [people[index]] : []))).toEqual(['asel']);
    state.now += 3000;
    await service.of(recording, null);
    expect(state.reads).toBe(2);
  });

  test('V65 a mark is seen at once, and so is an edit', async () => {
    const { state, service } = world();
    await service.of(recording, null);
    state.marks.push({ id: RecordingMarkId.parse('m'), kind: 'important', atMs: 3000, text: '' });
    service.forget(recording.id);
    expect((await service.of(recording, null)).chapters.map(({ kind }) => kind)).toEqual(['start', 'mark']);
    await service.of({ ...recording, edition: 1 }, null);
    expect(state.reads).toBe(3);
  });

  test('that could not be read is read again by the next who asks', async () => {
    const { state, service } = world();
    state.fails = true;
    await expect(service.of(recording, null)).rejects.toThrow('The disk is away');
    state.fails = false;
    expect((await service.of(recording, null)).chapters).toHaveLength(1);
  });
});
