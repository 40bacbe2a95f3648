// The chapters inside a file that was made of a recording: those of its page, as many as a list in a player bears. Pure.
import type { Chapter } from '../../contract/recording-page.ts';
import type { WatchingTime } from '../../contract/watching-time.ts';

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
  readonly watching: Pick<WatchingTime, 'lengthMs' | 'toWatching' | 'afterSkipped'>;
  /** Class time, in order. */
  readonly chapters: readonly Chapter[];
};

type Place = Omit<FileChapter, 'toMs'> & { readonly own: boolean };

/** They cover all there is to watch. No word of a language is in them: names, what teachers wrote, and numbers. */
export function chaptersOf({ title, watching, chapters }: Of): FileChapter[] {
  const kept: Place[] = [{ fromMs: 0, title, own: false }];
  for (const place of placesOf(chapters, watching)) {
    const last = kept.at(-1);
    const isClose = last !== undefined && place.fromMs - last.fromMs < leastMs;
    if (!isClose) kept.push(place);
    else if (place.own && !last.own && kept.length > 1) kept[kept.length - 1] = place;
    else if (place.own && place.fromMs > last.fromMs) kept.push(place);
  }
  return kept.map(({ fromMs, title: words }, n) => ({ fromMs, toMs: kept[n + 1]?.fromMs ?? watching.lengthMs, title: words }));
}

function placesOf(chapters: readonly Chapter[], watching: Of['watching']): Place[] {
  const slidesOf = new Map<string, number>();
  const titleOf = (chapter: Exclude<Chapter, { kind: 'start' }>): string => {
    switch (chapter.kind) {
      case 'mark':
        return [...(chapter.mark.kind === 'important' ? [mark] : []), chapter.mark.text].join(' ').trim() || mark;
      case 'slide': {
        const number = (slidesOf.get(chapter.name) ?? 0) + 1;
        slidesOf.set(chapter.name, number);
        return `${chapter.name} · ${number}`;
      }
      case 'screen':
      case 'speaker':
        return chapter.name;
    }
  };
  return chapters.flatMap((chapter) => {
    // The first has the title of the whole.
    if (chapter.kind === 'start') return [];
    const own = chapter.kind === 'mark';
    if (own && watching.afterSkipped(chapter.atMs) !== chapter.atMs) return [];
    const fromMs = watching.toWatching(chapter.atMs);
    const title = titleOf(chapter);
    return fromMs < watching.lengthMs ? [{ fromMs, title, own }] : [];
  });
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
