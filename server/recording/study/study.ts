// What the study of a recording needs of the others, and what it gives them. Built by `openStudy` in server/app-study.ts.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '../../audit/actor.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { ChatMessage } from '../../contract/chat.ts';
import type { Instant, LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import type { CaptionLanguage, Chapter, NewMark, RecordingMark } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { Insight } from '../insight/insight.ts';
import type { StoredRecording } from '../recording.store.ts';

/** What was worked out of the sound and the pictures, in class time. */
export type Heard = Pick<Insight, 'speech' | 'silences' | 'slides' | 'gains'>;

export interface StudyParts {
  readonly db: Kysely<Database>;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly access: Pick<RecordingAccess, 'allow' | 'allowPerson'>;
  /** As viewers may see it: with its edits. */
  readonly manifestOf: (recording: StoredRecording) => Promise<RecordingManifest>;
  /** Null until it was worked out. */
  readonly insightOf: (recording: StoredRecording) => Promise<Heard | null>;
}

/** What was said in a class, and who raised a hand when. */
export interface ClassTalk {
  messages(lessonId: LessonId, from: Instant, to: Instant): Promise<ChatMessage[]>;
  hands(lessonId: LessonId, from: Instant, to: Instant): Promise<{ readonly personId: string; readonly at: Instant }[]>;
}

export interface Study {
  readonly router: Router;
  readonly marks: {
    /** Whoever calls has asked for the right. It stands in the audit log when this resolves. */
    add(recordingId: RecordingId, mark: z.output<typeof NewMark>, by: Actor): Promise<RecordingMark>;
  };
  /** For the page of a recording. */
  captionsOf(recordingId: RecordingId): Promise<CaptionLanguage[]>;
  /** Null: never watched, or watched to the end. */
  positionOf(recordingId: RecordingId, personId: PersonId): Promise<{ readonly atMs: number; readonly savedAt: Instant } | null>;
  /** For files that are made of a recording, in class time, as viewers see them. */
  chaptersOf(recording: StoredRecording): Promise<readonly Chapter[]>;
}
