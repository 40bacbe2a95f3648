// What the study of a recording needs of the others, and what it gives them. Built by `openStudy` in server/app-study.ts.
import type { Request, Router } from 'express';
import type { Kysely } from 'kysely';
import type { Actor } from '../../audit/actor.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { Instant, RecordingId } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import type { CaptionLanguage, Chapter, NewMark, RecordingMark } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredRecording } from '../recording.store.ts';

/** The gate's answer, as far as the study reads it. */
export interface Admitted {
  readonly recording: StoredRecording;
  readonly lesson: { readonly title: string };
  readonly viewer:
    | { readonly kind: 'person'; readonly person: { readonly id: string; readonly displayName: string } }
    | { readonly kind: 'link' };
}

export interface StudyGate {
  /** Throws `Refused`. */
  allow(request: Request, id: RecordingId, right: 'watch' | 'edit' | 'caption' | 'note'): Promise<Admitted>;
}

/** What was worked out of the sound and the pictures, in class time. */
export interface Heard {
  readonly speech: readonly {
    readonly participantId: string;
    readonly name: string;
    readonly spans: readonly (readonly [fromMs: number, toMs: number])[];
  }[];
  readonly silences: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly slides: readonly { readonly atMs: number; readonly name: string }[];
  readonly gains: readonly { readonly trackId: string; readonly db: number }[];
}

export interface StudyParts {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly access: StudyGate;
  /** As viewers may see it: with its edits. */
  readonly manifestOf: (recording: StoredRecording) => Promise<RecordingManifest>;
  /** Null until it was worked out. */
  readonly heardOf: (recording: StoredRecording) => Promise<Heard | null>;
}

export interface Study {
  readonly router: Router;
  readonly marks: {
    /** Whoever calls has asked for the right. Writes it into the audit log. */
    add(recordingId: RecordingId, mark: typeof NewMark._output, by: Actor): Promise<RecordingMark>;
  };
  /** For the page of a recording. */
  captionsOf(recordingId: RecordingId): Promise<CaptionLanguage[]>;
  positionOf(recordingId: RecordingId, personId: string): Promise<{ readonly atMs: number; readonly savedAt: Instant } | null>;
  /** For files that are made of a recording, in class time. */
  chaptersOf(recording: StoredRecording): Promise<Chapter[]>;
}
