// What of the edits holds is shown, and each person once with all that was captured of them.
import { describe, expect, test } from 'vitest';
import { ParticipantId, RecordingEditId, TrackId } from '../../../server/contract/ids.ts';
import type { RecordingTrack } from '../../../server/contract/recording.ts';
import type { RecordingEdit } from '../../../server/contract/recording-edits.ts';
import { cutsOf, passageOf, peopleOf } from './edits.ts';

const anar = ParticipantId.parse('anar');
const made = (id: string, undoneAt: number | null = null) => ({ id: RecordingEditId.parse(id), madeAt: 1, madeBy: 'T', undoneAt });
const cut = (id: string, fromMs: number, toMs: number | null, undoneAt: number | null = null): RecordingEdit => ({
  ...made(id, undoneAt),
  ...{ kind: 'cut', fromMs, toMs },
});
const drop = (id: string, what: 'picture' | 'voice', undoneAt: number | null = null): RecordingEdit => ({
  ...made(id, undoneAt),
  ...{ kind: 'drop', participantId: anar, what },
});
const track = (source: RecordingTrack['source']): RecordingTrack => ({
  ...{ trackId: TrackId.parse(source), participantId: anar, name: 'Анар', source, parts: [] },
});

describe('cuts', () => {
  test('that hold are in the order of the recording, undone ones are not there', () => {
    const cuts = cutsOf([cut('a', 500, null), drop('d', 'voice'), cut('b', 0, 100), cut('c', 200, 300, 5)]);
    expect(cuts.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('need a beginning before their end', () => {
    expect(passageOf(null, 5)).toBeNull();
    expect(passageOf(5, 5)).toBeNull();
    expect(passageOf(4.4, 9.6)).toEqual({ fromMs: 4, toMs: 10 });
  });
});

test('a person is one row, with what was captured and what is left out', () => {
  const people = peopleOf({ tracks: [track('microphone'), track('camera'), track('screen')] }, [
    drop('x', 'voice'),
    drop('y', 'picture', 9),
  ]);
  expect(people).toHaveLength(1);
  expect([...(people[0]?.has ?? [])].toSorted()).toEqual(['picture', 'voice']);
  expect([...(people[0]?.dropped.keys() ?? [])]).toEqual(['voice']);
});
