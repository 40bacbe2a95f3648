// The timeline of a recording: chapters, chat, own questions and speech on its clock. What is the same for all is worked out once in a few seconds.
import type { ChatMessage } from '../../contract/chat.ts';
import type { Instant, RecordingId } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import type { Chapter, RecordingMark, RecordingTimeline } from '../../contract/recording-page.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredRecording } from '../recording.store.ts';
import { chaptersOf, speechOf } from './chapters.ts';
import { questionsOf, replayOf } from './replay.ts';
import type { ClassTalk, StudyParts } from './study.ts';

/** A class that asks together is answered together. */
const keepMs = 3000;
const mostKept = 200;

interface Shared {
  readonly manifest: RecordingManifest;
  readonly chapters: readonly Chapter[];
  readonly speech: RecordingTimeline['speech'];
  readonly gains: RecordingTimeline['gains'];
  readonly messages: readonly ChatMessage[];
  readonly hands: readonly { readonly personId: string; readonly at: Instant }[];
}

/** Whose chat and questions are shown; null: those of nobody (V60). */
export type Reader = { readonly personId: string } | null;

export interface TimelineOptions extends Pick<StudyParts, 'manifestOf' | 'insightOf'> {
  readonly marksOf: (id: RecordingId) => Promise<readonly RecordingMark[]>;
  readonly talk: ClassTalk;
  readonly clock: Pick<Clock, 'now'>;
}

export class TimelineService {
  readonly #options: TimelineOptions;
  readonly #kept = new Map<string, { readonly until: Instant; readonly shared: Promise<Shared> }>();

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  async of(recording: StoredRecording, reader: Reader): Promise<RecordingTimeline> {
    const { manifest, chapters, speech, gains, messages, hands } = await this.#shared(recording);
    const own = reader?.personId ?? '';
    const chat = reader ? replayOf(manifest, messages, recording.endedAt, own) : [];
    const ownHands = reader ? hands.filter(({ personId }) => personId === own).map(({ at }) => at) : [];
    return { chapters: [...chapters], chat, questions: questionsOf(manifest, chat, ownHands, recording.endedAt), speech, gains };
  }

  /** Of this moment: a file that is made by them is kept for long. */
  async chapters(recording: StoredRecording): Promise<readonly Chapter[]> {
    return (await this.#workOut(recording, this.#options.clock.now())).chapters;
  }

  /** What was kept of it is not true any more. */
  forget(id: RecordingId): void {
    for (const key of this.#kept.keys()) if (key.startsWith(`${id} `)) this.#kept.delete(key);
  }

  #shared(recording: StoredRecording): Promise<Shared> {
    const now = this.#options.clock.now();
    // An edit is seen at once.
    const key = `${recording.id} ${recording.edition} ${recording.state}`;
    const kept = this.#kept.get(key);
    if (kept && now < kept.until) return kept.shared;
    const shared = this.#workOut(recording, now);
    this.#kept.delete(key);
    this.#kept.set(key, { until: now + keepMs, shared });
    shared.catch(() => this.#kept.delete(key));
    for (const [oldest, { until }] of this.#kept) {
      if (now < until && this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return shared;
  }

  async #workOut(recording: StoredRecording, now: Instant): Promise<Shared> {
    const { manifestOf, insightOf, marksOf, talk } = this.#options;
    const { id, lessonId, startedAt, endedAt } = recording;
    const until = endedAt ?? now;
    const [manifest, heard, marks, messages, hands] = await Promise.all([
      manifestOf(recording),
      insightOf(recording),
      marksOf(id),
      talk.messages(lessonId, startedAt, until),
      talk.hands(lessonId, startedAt, until),
    ]);
    const speech = heard && speechOf(heard, manifest);
    const tracks = new Set(manifest.tracks.map(({ trackId }) => trackId));
    return {
      ...{ manifest, speech, messages, hands },
      chapters: chaptersOf({ manifest, marks, speech, slides: heard?.slides ?? [] }),
      gains: (heard?.gains ?? []).filter(({ trackId }) => tracks.has(trackId)).map(({ trackId, gainDb }) => ({ trackId, db: gainDb })),
    };
  }
}
