// The chapters inside a file that was made of a recording: what teachers marked, when a screen was shared, when it changed. Pure.
import type { RecordingManifest } from '../../contract/recording.ts';
import type { MarkKind } from '../../contract/recording-page.ts';
import type { WatchingTime } from '../../contract/watching-time.ts';
import type { Insight } from '../insight/insight.ts';

export interface ChapterMark {
  readonly kind: MarkKind;
  /** Class time. */
  readonly atMs: number;
  readonly text: string;
}

export interface FileChapter {
  /** Watching time. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly title: string;
}

/** A player's list of chapters is to be read, not scrolled through. What a teacher marked is always in it. */
const leastMs = 15_000;
const mark = '★';

type Of = {
  readonly title: string;
  readonly manifest: RecordingManifest;
  readonly watching: WatchingTime;
  readonly insight: Pick<Insight, 'slides'> | null;
  readonly marks: readonly ChapterMark[];
};

/** They cover all there is to watch. No word of a language is in them: names, what teachers wrote, and numbers. */
export function chaptersOf({ title, manifest, watching, insight, marks }: Of): FileChapter[] {
  const isSkipped = (atMs: number) => watching.afterSkipped(atMs) !== atMs;
  const screens = manifest.tracks
    .filter(({ source }) => source === 'screen')
    .flatMap(({ name, parts }) => parts.slice(0, 1).map(({ startMs }) => ({ atMs: startMs, title: name, own: false })));
  const slides = (insight?.slides ?? []).map(({ atMs, name }, n) => ({ atMs, title: `${name} · ${n + 1}`, own: false }));
  const written = marks
    .filter(({ atMs }) => !isSkipped(atMs))
    .map(({ atMs, kind, text }) => ({ atMs, title: [...(kind === 'important' ? [mark] : []), text].join(' ').trim() || mark, own: true }));
  const places = [...screens, ...slides, ...written]
    .map(({ atMs, ...rest }) => ({ fromMs: watching.toWatching(atMs), ...rest }))
    .filter(({ fromMs }) => fromMs < watching.lengthMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const kept: { fromMs: number; title: string; own: boolean }[] = [{ fromMs: 0, title, own: false }];
  for (const place of places) {
    const last = kept.at(-1);
    const isClose = last !== undefined && place.fromMs - last.fromMs < leastMs;
    if (!isClose) kept.push(place);
    else if (place.own && !last.own && kept.length > 1) kept[kept.length - 1] = place;
    else if (place.own && place.fromMs > last.fromMs) kept.push(place);
  }
  return kept.map(({ fromMs, title: words }, n) => ({ fromMs, toMs: kept[n + 1]?.fromMs ?? watching.lengthMs, title: words }));
}

const escaped = (text: string): string => text.replace(/[=;#\\\n]/g, (sign) => (sign === '\n' ? ' ' : `\\${sign}`));

/** As ffmpeg reads it: https://ffmpeg.org/ffmpeg-formats.html#Metadata-2 */
export function metadataOf(title: string, chapters: readonly FileChapter[]): string {
  const chapter = ({ fromMs, toMs, title: words }: FileChapter): string[] => [
    '[CHAPTER]',
    'TIMEBASE=1/1000',
    `START=${Math.round(fromMs)}`,
    `END=${Math.round(toMs)}`,
    `title=${escaped(words)}`,
  ];
  return [';FFMETADATA1', `title=${escaped(title)}`, ...chapters.flatMap(chapter), ''].join('\n');
}
