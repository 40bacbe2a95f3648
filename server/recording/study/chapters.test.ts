// Which moments of a class are chapters: enough to find one's way, few enough to be read.
import { describe, expect, test } from 'vitest';
import { ParticipantId, RecordingMarkId, TrackId } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import { chaptersOf, speechOf } from './chapters.ts';

const s = 1000;
type Track = RecordingManifest['tracks'][number];
const id = (name: string) => ParticipantId.parse(name);
const track = (name: string, source: Track['source'], ...spans: [number, number][]): Track => ({
  ...{ trackId: TrackId.parse(`${name}-${source}`), participantId: id(name), name, source },
  parts: spans.map(([fromS, toS]) => ({
    ...{ file: 'p0001.mp4', index: 'p0001.jsonl', mime: '', initBytes: 1, bytes: 2, open: false },
    ...{ startMs: fromS * s, endMs: toS * s },
  })),
});
const spoke = (name: string, ...spans: [number, number][]) => ({
  ...{ participantId: id(name), name },
  spans: spans.map(([fromS, toS]): [number, number] => [fromS * s, toS * s]),
});
const voices = ['Teacher', 'Asel', 'Dias'].map((name) => track(name, 'microphone', [0, 3600]));
const told = (parts: Partial<Parameters<typeof chaptersOf>[0]>) =>
  chaptersOf({ manifest: { tracks: voices, cuts: [] }, marks: [], speech: null, slides: [], ...parts }).map(
    (chapter) => `${chapter.atMs / s} ${chapter.kind}${'name' in chapter ? ` ${chapter.name}` : ''}`,
  );

describe('who speaks', () => {
  const people = (...speech: ReturnType<typeof spoke>[]) => speechOf({ speech, silences: [] }, { tracks: voices, cuts: [] });

  test('V61 is a chapter when somebody else speaks for long, and so is who goes on after that', () => {
    const speech = people(spoke('Teacher', [2, 600], [660, 1200]), spoke('Asel', [600, 660]));
    expect(told({ speech })).toEqual(['0 start', '600 speaker Asel', '660 speaker Teacher']);
  });

  test('V61 is none for a short question, and none for who begins the class', () => {
    const speech = people(spoke('Teacher', [2, 600], [608, 1200]), spoke('Asel', [600, 608]), spoke('Dias', [700, 744]));
    expect(told({ speech })).toEqual(['0 start']);
  });

  test('V61 is one turn when breath is taken in it', () => {
    const speech = people(spoke('Asel', [100, 120], [125, 140], [149, 160]));
    expect(told({ speech })).toEqual(['0 start', '100 speaker Asel']);
  });

  test('V60 is not told of those whose voice was left out, nor of what was cut out', () => {
    const cuts = [{ fromMs: 590 * s, toMs: 700 * s }];
    const tracks = voices.filter(({ name }) => name !== 'Dias');
    const heard = {
      speech: [spoke('Asel', [600, 690]), spoke('Dias', [800, 900]), spoke('Teacher', [0, 720])],
      silences: [{ fromMs: 580 * s, toMs: 800 * s }],
    };
    const speech = speechOf(heard, { tracks, cuts });
    expect(speech.people).toEqual([spoke('Teacher', [0, 590], [700, 720])]);
    expect(speech.silences).toEqual([
      { fromMs: 580 * s, toMs: 590 * s },
      { fromMs: 700 * s, toMs: 800 * s },
    ]);
    expect(told({ speech, manifest: { tracks, cuts } })).toEqual(['0 start']);
  });
});

describe('what is shown', () => {
  const screen = track('Teacher', 'screen', [100, 300], [310, 900], [1000, 1200]);
  const manifest = { tracks: [...voices, screen], cuts: [] };

  test('V61 is a chapter where a screen comes, not where it is back at once', () => {
    expect(told({ manifest })).toEqual(['0 start', '100 screen Teacher', '1000 screen Teacher']);
  });

  test('V61 the slides of it are, but those turned over quickly, and those of a screen that was left out', () => {
    const slide = (atS: number, name = 'Teacher') => ({ atMs: atS * s, name, participantId: id(name) });
    const slides = [slide(102), slide(200), slide(203), slide(400), slide(500, 'Asel'), slide(950)];
    expect(told({ manifest, slides })).toEqual([
      '0 start',
      '100 screen Teacher',
      '200 slide Teacher',
      '400 slide Teacher',
      '1000 screen Teacher',
    ]);
  });

  test('V61 the passage that was cut out of a screen does not make two of it', () => {
    const parts = track('Teacher', 'screen', [100, 300], [420, 900]);
    expect(told({ manifest: { tracks: [parts], cuts: [{ fromMs: 300 * s, toMs: 415 * s }] } })).toEqual(['0 start', '100 screen Teacher']);
  });
});

describe('the beginning', () => {
  test('V61 has no chapter of its own where something begins with the class', () => {
    const manifest = { tracks: [track('Teacher', 'screen', [0.4, 90])], cuts: [] };
    expect(told({ manifest })).toEqual(['0.4 screen Teacher']);
  });
});

describe('marks', () => {
  test('V61 are chapters, in order with the others, and the start is where there is something to see', () => {
    const mark = (atS: number) => ({ id: RecordingMarkId.parse(`m${atS}`), kind: 'important' as const, atMs: atS * s, text: '' });
    const manifest = { tracks: [track('Teacher', 'screen', [60, 90])], cuts: [{ fromMs: 0, toMs: 50 * s }] };
    expect(told({ manifest, marks: [mark(10), mark(70)] })).toEqual(['50 start', '60 screen Teacher', '70 mark']);
  });
});
