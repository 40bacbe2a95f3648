// The chapters of a recording: where the screen was shared, slides changed, somebody else began to speak at length, and what teachers marked. Pure.
import type { RecordingManifest } from '../../contract/recording.ts';
import type { Chapter, RecordingMark, RecordingTimeline } from '../../contract/recording-page.ts';
import { joined, type Span, without } from '../../contract/watching-time.ts';
import type { Heard } from './study.ts';

/** V61: who speaks less is no chapter, or a seminar would have hundreds. */
const longTurnMs = 45_000;
/** Breath is taken, a word of assent is said. */
const samePersonMs = 10_000;
/** Who begins within this time has begun the class. */
const beginningMs = 60_000;
/** A screen that is away for a moment is the same screen. */
const sameScreenMs = 30_000;
const sameMomentMs = 1000;
/** Slides that are turned over quickly are not gone to one by one. */
const slidesApartMs = 5000;

type Speech = NonNullable<RecordingTimeline['speech']>;
type Seen = Pick<RecordingManifest, 'tracks' | 'cuts'>;

const within = (spans: readonly Span[], at: number): boolean => spans.some(({ fromMs, toMs }) => fromMs <= at && at < toMs);
const whole = Math.round;

/** Who speaks when, of those whose voice is in the recording, without what was cut out. */
export function speechOf({ speech, silences }: Pick<Heard, 'speech' | 'silences'>, { tracks, cuts }: Seen): Speech {
  const names = new Map(
    tracks
      .filter(({ source }) => source === 'microphone')
      .map(({ participantId, name }) => [participantId.toString(), { participantId, name }]),
  );
  const people = speech.flatMap(({ participantId, spans }) => {
    const person = names.get(participantId);
    const kept = joined(
      spans.map(([fromMs, toMs]) => ({ fromMs, toMs })),
      0,
    ).flatMap((span) => without(span, cuts));
    const pairs = kept.map(({ fromMs, toMs }): [number, number] => [whole(fromMs), whole(toMs)]);
    return person && pairs.length > 0 ? [{ ...person, spans: pairs }] : [];
  });
  return { people, silences: silences.flatMap((span) => without(span, cuts)) };
}

export function chaptersOf(parts: {
  readonly manifest: Seen;
  readonly marks: readonly RecordingMark[];
  readonly speech: Speech | null;
  readonly slides: Heard['slides'];
}): Chapter[] {
  const { manifest, marks, speech, slides } = parts;
  const { cuts } = manifest;
  const screens = screenChapters(manifest);
  const first = cuts.find(({ fromMs }) => fromMs <= 0)?.toMs ?? 0;
  const found: Chapter[] = [
    ...marks.map((mark): Chapter => ({ kind: 'mark', atMs: mark.atMs, mark })),
    ...screens,
    ...slideChapters(manifest, slides, screens),
    ...(speech ? speakerChapters(speech.people, first) : []),
  ];
  const chapters = found.filter(({ atMs }) => !within(cuts, atMs)).toSorted((a, b) => a.atMs - b.atMs);
  // What begins with the class says more than that it begins.
  const isNamed = chapters[0] !== undefined && chapters[0].atMs - first < sameMomentMs;
  return isNamed ? chapters : [{ kind: 'start', atMs: whole(first) }, ...chapters];
}

function screenChapters({ tracks, cuts }: Seen): Extract<Chapter, { kind: 'screen' }>[] {
  const shown = tracks
    .filter(({ source }) => source === 'screen')
    .flatMap(({ name, parts }) => parts.map(({ startMs, endMs }) => ({ name, fromMs: startMs, toMs: endMs })))
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const chapters: Extract<Chapter, { kind: 'screen' }>[] = [];
  const lastOf = new Map<string, number>();
  for (const { name, fromMs, toMs } of shown) {
    const before = lastOf.get(name);
    // What was cut out between two pieces does not part them.
    const awayMs = before === undefined ? Infinity : lengthOf(without({ fromMs: before, toMs: fromMs }, cuts));
    if (awayMs > sameScreenMs) chapters.push({ kind: 'screen', atMs: whole(fromMs), name });
    lastOf.set(name, Math.max(before ?? 0, toMs));
  }
  return chapters;
}

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** Only while a screen is to be seen: whoever's was left out has no slides either. */
function slideChapters({ tracks }: Seen, slides: Heard['slides'], screens: readonly Chapter[]): Chapter[] {
  const shown = tracks
    .filter(({ source }) => source === 'screen')
    .flatMap(({ name, parts }) => parts.map(({ startMs, endMs }) => ({ name, fromMs: startMs, toMs: endMs })));
  const kept: Chapter[] = [];
  let lastMs = -Infinity;
  for (const { atMs, name } of slides.toSorted((a, b) => a.atMs - b.atMs)) {
    const isShown = shown.some((part) => part.name === name && part.fromMs <= atMs && atMs <= part.toMs);
    const isScreen = screens.some((screen) => Math.abs(screen.atMs - atMs) < slidesApartMs);
    if (!isShown || isScreen || atMs - lastMs < slidesApartMs) continue;
    kept.push({ kind: 'slide', atMs: whole(atMs), name });
    lastMs = atMs;
  }
  return kept;
}

function speakerChapters(people: Speech['people'], beginsMs: number): Chapter[] {
  const turns = people
    .flatMap(({ participantId, name, spans }) =>
      joined(
        spans.map(([fromMs, toMs]) => ({ fromMs, toMs })),
        samePersonMs,
      ).map((turn) => ({ ...turn, participantId, name })),
    )
    .filter(({ fromMs, toMs }) => toMs - fromMs >= longTurnMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  return turns.flatMap(({ fromMs, participantId, name }, index): Chapter[] => {
    const before = turns[index - 1];
    const isBeginning = before === undefined && fromMs - beginsMs < beginningMs;
    if (isBeginning || before?.participantId === participantId) return [];
    return [{ kind: 'speaker', atMs: whole(fromMs), name, participantId }];
  });
}
