// When a track is on, who speaks, and how a codec is spelled.
import { describe, expect, test } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../server/contract/ids.ts';
import { playableMime } from './codecs.ts';
import type { Fragment } from './fragments.ts';
import { isOn, nextPart, onSpans, partAt, touches } from './parts.ts';
import { loudness, nextSpeaker } from './speech.ts';
import { soundsInOrder } from './state.ts';

const part = (startMs: number, endMs: number) => ({ startMs, endMs });

describe('a track', () => {
  const parts = [part(1000, 5000), part(5040, 9000), part(20_000, 30_000)];

  test('has a part from its first moment until just before its end', () => {
    expect(partAt(parts, 999)).toBeUndefined();
    expect(partAt(parts, 1000)).toBe(parts[0]);
    expect(partAt(parts, 5000)).toBeUndefined();
    expect(nextPart(parts, 9000)).toBe(parts[2]);
  });

  test('stays on in sight while its picture changes size', () => {
    expect(onSpans(parts)).toEqual([
      { fromMs: 1000, toMs: 9000 },
      { fromMs: 20_000, toMs: 30_000 },
    ]);
    expect(isOn(parts, 5020)).toBe(true);
    expect(isOn(parts, 15_000)).toBe(false);
  });

  test('is needed when any of its parts reaches into the span', () => {
    expect(touches(parts, { fromMs: 9000, toMs: 20_000 })).toBe(false);
    expect(touches(parts, { fromMs: 8999, toMs: 9500 })).toBe(true);
  });
});

describe('the speaker', () => {
  const sound = (bytes: number): Fragment[] =>
    Array.from({ length: 20 }, (_, index) => ({ fromMs: index * 500, toMs: index * 500 + 500, offset: index * bytes, bytes, isKey: true }));
  const voices = (...levels: readonly number[]) => levels.map((bytes, id) => ({ id, loudness: loudness(sound(bytes), 4000) }));
  const silence = 300;
  const speech = 2000;

  test('is whoever sends more than silence', () => {
    expect(nextSpeaker(voices(silence, speech), null)).toBe(1);
    expect(nextSpeaker(voices(silence, silence), null)).toBeNull();
  });

  test('stays when silent until someone else speaks', () => {
    expect(nextSpeaker(voices(silence, silence), 0)).toBe(0);
    expect(nextSpeaker(voices(silence, speech), 0)).toBe(1);
  });

  test('does not change between two who speak alike', () => {
    expect(nextSpeaker(voices(speech, speech + 200), 0)).toBe(0);
    expect(nextSpeaker(voices(speech, speech * 2), 0)).toBe(1);
  });
});

test('Opus is spelled as the browser wants it', () => {
  const mime = 'audio/mp4; codecs="opus"';
  expect(playableMime(mime, () => true)).toBe(mime);
  expect(playableMime(mime, (one) => one.includes('Opus'))).toBe('audio/mp4; codecs="Opus"');
  expect(playableMime('audio/mp4; codecs="Opus"', (one) => one.includes('opus'))).toBe(mime);
  expect(playableMime(mime, () => false)).toBeUndefined();
});

test('the teacher’s microphone leads, then the first, and the sound of a screen last', () => {
  const track = (id: string, name: string, source: 'microphone' | 'screen-audio' | 'camera', startMs: number) => ({
    trackId: TrackId.parse(id),
    participantId: ParticipantId.parse(name),
    name,
    source,
    parts: [{ file: 'p0001.mp4', index: 'p0001.jsonl', mime: '', startMs, endMs: startMs + 1, initBytes: 1, bytes: 2, open: false }],
  });
  const manifest = {
    id: RecordingId.parse('r'),
    lessonId: LessonId.parse('l'),
    state: 'ended' as const,
    startedAt: 0,
    durationMs: 10,
    pauses: [],
    tracks: [
      track('screen', 'T', 'screen-audio', 0),
      track('late', 'B', 'microphone', 5),
      track('early', 'A', 'microphone', 2),
      track('teacher', 'T', 'microphone', 8),
      track('camera', 'T', 'camera', 0),
    ],
  };
  expect(soundsInOrder(manifest, 'T').map(({ trackId }) => trackId)).toEqual(['teacher', 'early', 'late', 'screen']);
});
