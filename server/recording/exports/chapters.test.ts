// Which of a page's chapters stand in the files that are made of it, and under which names.
import { expect, it } from 'vitest';
import { ParticipantId, RecordingMarkId } from '../../contract/ids.ts';
import type { Chapter } from '../../contract/recording-page.ts';
import { watchingTimeOf } from '../../contract/watching-time.ts';
import { chaptersOf, metadataOf } from './chapters.ts';

const second = 1000;
const pause = { fromMs: 100 * second, toMs: 160 * second };
const watching = watchingTimeOf({
  ...{ durationMs: 400 * second, pauses: [pause], cuts: [], gaps: [], tracks: [] },
});
const marked = (seconds: number, text: string, kind: 'important' | 'chapter' = 'chapter'): Chapter => {
  const atMs = seconds * second;
  return { kind: 'mark', atMs, mark: { id: RecordingMarkId.parse(`m${seconds}`), kind, atMs, text } };
};
const named = (kind: 'screen' | 'slide', seconds: number, name: string): Chapter => ({ kind, atMs: seconds * second, name });
const spoke = (seconds: number, name: string): Chapter => ({
  ...{ kind: 'speaker', atMs: seconds * second, name },
  participantId: ParticipantId.parse('p'),
});
const listed = (...chapters: Chapter[]) =>
  chaptersOf({ title: 'Optics', watching, chapters }).map(({ fromMs, title }) => [fromMs / second, title]);

it('V34 and V35 screens, slides, those who speak and marks are chapters, in watching time', () => {
  const all = [named('screen', 20, 'Айгүл'), named('slide', 60, 'Айгүл'), named('slide', 90, 'Айгүл'), spoke(200, 'Ерлан')];
  expect(listed(...all, marked(300, 'Home work'))).toEqual([
    [0, 'Optics'],
    [20, 'Айгүл'],
    [60, 'Айгүл · 1'],
    [90, 'Айгүл · 2'],
    [140, 'Ерлан'],
    [240, 'Home work'],
  ]);
});

it('V35 of chapters that are close the first stays, but what a teacher marked always does', () => {
  expect(listed(spoke(5, 'Ерлан'), named('screen', 50, 'Айгүл'), spoke(58, 'Ерлан'), marked(61, '', 'important'), marked(63, 'B'))).toEqual(
    [
      [0, 'Optics'],
      [61, '★'],
      [63, 'B'],
    ],
  );
});

it('V35 a mark of what cannot be watched is no chapter', () => {
  expect(listed(marked(120, 'While it was paused'))).toEqual([[0, 'Optics']]);
});

it('V35 each chapter ends where the next begins, and what people wrote cannot break the file', () => {
  const chapters = chaptersOf({ title: 'a=b', watching, chapters: [marked(200, 'x;y\nz')] });
  expect(metadataOf('a=b', chapters).split('\n')).toEqual([
    ...[';FFMETADATA1', 'title=a\\=b', '[CHAPTER]', 'TIMEBASE=1/1000', 'START=0', 'END=140000', 'title=a\\=b'],
    ...['[CHAPTER]', 'TIMEBASE=1/1000', 'START=140000', 'END=340000', 'title=x\\;y z', ''],
  ]);
});
