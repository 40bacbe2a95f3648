// Captions of a recording: read by viewers without what was cut out, written by those who may, in an editor or as a WebVTT file.
import type { z } from 'zod';
import type { Actor } from '../../audit/actor.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { Instant } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import type { CaptionLanguage, CaptionTrack, Cue, NewCaptions } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import { watchingTimeOf } from '../../contract/watching-time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredRecording } from '../recording.store.ts';
import { givenToViewers, inClassTime, inWatchingTime } from './caption-time.ts';
import type { CaptionsStore } from './captions.store.ts';
import { readVtt, writeVtt } from './webvtt.ts';

export interface CaptionsOptions {
  readonly store: CaptionsStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly manifestOf: (recording: StoredRecording) => Promise<RecordingManifest>;
}

/** Whose captions, and what the audit log calls it. */
export interface Captioned {
  readonly recording: StoredRecording;
  readonly name: string;
  readonly language: CaptionLanguage;
}

const attempts = 5;

export class CaptionsService {
  readonly #options: CaptionsOptions;

  constructor(options: CaptionsOptions) {
    this.#options = options;
  }

  /** `all`: for those who write them; else without what was cut out. */
  async of(recording: StoredRecording, language: CaptionLanguage, all: boolean): Promise<CaptionTrack> {
    const track = await this.#find(recording, language);
    if (all) return track;
    const { cuts } = await this.#options.manifestOf(recording);
    return { ...track, cues: givenToViewers(track.cues, cuts) };
  }

  /** In watching time, as viewers may have it. */
  async vtt(recording: StoredRecording, language: CaptionLanguage): Promise<string> {
    const { cues } = await this.#find(recording, language);
    const manifest = await this.#options.manifestOf(recording);
    return writeVtt(inWatchingTime(cues, manifest.cuts, watchingTimeOf(manifest)), language);
  }

  /** Throws `Refused('conflict')` when they are not as they were when the editing began (V64). */
  async set(captioned: Captioned, { cues, changedAt }: z.output<typeof NewCaptions>, by: Actor): Promise<CaptionTrack> {
    const before = await this.#options.store.find(captioned.recording.id, captioned.language);
    const put = (before?.changedAt ?? null) === changedAt ? await this.#put(captioned, inOrder(cues), before, by) : undefined;
    if (!put) throw new Refused('conflict', 'Somebody else has changed these captions');
    return put;
  }

  /** Throws `Refused('bad-request')` with `details.line` and `details.why`. Replaces what is there. */
  async upload(captioned: Captioned, vtt: string, by: Actor): Promise<CaptionTrack> {
    const { recording, language } = captioned;
    const read = readVtt(vtt);
    if ('fault' in read) throw new Refused('bad-request', `Line ${read.line}: ${read.fault}`, { line: read.line, why: read.fault });
    const manifest = await this.#options.manifestOf(recording);
    const cues = inOrder(inClassTime(read.cues, manifest.cuts, watchingTimeOf(manifest)));
    if (cues.length === 0) throw new Refused('bad-request', 'No cue lies within the recording', { line: 1, why: 'no-cues' });
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const put = await this.#put(captioned, cues, await this.#options.store.find(recording.id, language), by);
      if (put) return put;
    }
    throw new Refused('conflict', 'Others change these captions at this moment');
  }

  async remove({ recording: { id }, language, name }: Captioned, by: Actor): Promise<void> {
    const before = await this.#options.store.find(id, language);
    if (!before || !(await this.#options.store.remove(id, language))) throw noCaptions();
    const subject = { kind: 'recording', id, name };
    await this.#options.audit.record(by, { act: 'recording.captions-removed', subject, before: told(language, before.cues) });
  }

  async #put({ recording: { id }, language, name }: Captioned, cues: Cue[], before: CaptionTrack | undefined, by: Actor) {
    const { store, clock, audit } = this.#options;
    // Two changes within a millisecond are two.
    const changedAt: Instant = Math.max(clock.now(), (before?.changedAt ?? 0) + 1);
    if (!(await store.put(id, { language, cues, changedAt }, by.id, before?.changedAt ?? null))) return undefined;
    const subject = { kind: 'recording', id, name };
    await audit.record(by, {
      ...{ act: 'recording.captioned', subject, before: before ? told(language, before.cues) : null },
      after: { ...told(language, cues), changedAt },
    });
    return { language, cues, changedAt, changedBy: by.displayName };
  }

  async #find({ id }: StoredRecording, language: CaptionLanguage): Promise<CaptionTrack> {
    const track = await this.#options.store.find(id, language);
    if (!track) throw noCaptions();
    return track;
  }
}

/** What was said is no matter of the log. */
const told = (language: CaptionLanguage, cues: readonly Cue[]) => ({ language, cues: cues.length });
const inOrder = (cues: readonly Cue[]): Cue[] => cues.toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
const noCaptions = (): Refused => new Refused('not-found', 'There are no such captions');
