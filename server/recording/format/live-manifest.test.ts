// The manifest of a running recording, folded from what was written.

import { expect, it } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../contract/ids.ts';
import type { RecordingEvent } from './format.ts';
import { LiveManifest } from './live-manifest.ts';

const session = { format: 1 as const, id: RecordingId.parse('r'), lessonId: LessonId.parse('l'), startedAt: 1000, startedBy: null };
const trackId = TrackId.parse('t');
const track: RecordingEvent = { type: 'track', at: 0, trackId, participantId: ParticipantId.parse('p'), name: 'Ерлан', source: 'screen' };
const part: RecordingEvent = {
  type: 'part',
  at: 5,
  trackId,
  file: 'p0001.mp4',
  index: 'p0001.jsonl',
  mime: 'video/mp4',
  startMs: 5,
  initBytes: 700,
};

it('V7 names nothing that is not written, and is folded anew only after something was', () => {
  const live = new LiveManifest(session);
  live.event(track);
  live.event(part);
  expect(live.manifest()).toMatchObject({ state: 'recording', durationMs: 0, tracks: [] });
  live.indexed('p0001.mp4', { endMs: 505, bytes: 1700, indexBytes: 20 });
  const first = live.manifest();
  expect(first).toMatchObject({ durationMs: 505, tracks: [{ parts: [{ endMs: 505, bytes: 1700, open: true }] }] });
  expect(live.manifest()).toBe(first);
  expect(live.extent('p0001.mp4')).toMatchObject({ indexBytes: 20 });
  live.event({ type: 'part-end', at: 600, file: 'p0001.mp4', endMs: 505, bytes: 1700 });
  expect(live.extent('p0001.mp4')).toBeUndefined();
  live.event({ type: 'end', at: 700, reason: 'stopped' });
  expect(live.manifest()).toMatchObject({ state: 'ended', endReason: 'stopped', tracks: [{ parts: [{ open: false }] }] });
});

it('V2 takes what was found on the disk for what is there, and joins the reports of one gap', () => {
  const live = new LiveManifest(session);
  for (const event of [track, part]) live.event(event);
  live.indexed('p0001.mp4', { endMs: 2005, bytes: 5000, indexBytes: 80 });
  live.mended([track, part, { type: 'part-end', at: 1505, file: 'p0001.mp4', endMs: 1505, bytes: 4000 }]);
  expect(live.manifest()).toMatchObject({ durationMs: 1505, gaps: [], tracks: [{ parts: [{ bytes: 4000, open: false }] }] });
  live.event({ type: 'gap', at: 3000, fromMs: 1505, toMs: 3000, why: 'recorder' });
  live.event({ ...part, at: 3300, file: 'p0002.mp4', index: 'p0002.jsonl', startMs: 3250 });
  live.event({ type: 'gap', at: 3300, fromMs: 1505, toMs: 3250, why: 'recorder' });
  live.indexed('p0002.mp4', { endMs: 4000, bytes: 1700, indexBytes: 20 });
  expect(live.manifest().gaps).toEqual([{ fromMs: 1505, toMs: 3250, why: 'recorder' }]);
});
