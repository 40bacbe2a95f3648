// What stands around the player of a recording, for one viewer at one moment.
import type { z } from 'zod';
import type { Instant, PersonId, RecordingId } from '../../contract/ids.ts';
import type { CaptionLanguage, RecordingPage } from '../../contract/recording-page.ts';
import type { Allowed } from '../access/access.ts';
import { publicationOf } from '../edits/publication.ts';
import type { MadeOf } from './files.service.ts';

export interface PageOptions {
  readonly made: MadeOf;
  readonly captionsOf: (recordingId: RecordingId) => Promise<CaptionLanguage[]>;
  readonly positionOf: (
    recordingId: RecordingId,
    personId: PersonId,
  ) => Promise<{ readonly atMs: number; readonly savedAt: Instant } | null>;
}

export class PageService {
  readonly #options: PageOptions;

  constructor(options: PageOptions) {
    this.#options = options;
  }

  async of({ recording, lesson, viewer, may }: Allowed): Promise<z.input<typeof RecordingPage>> {
    const { made, captionsOf, positionOf } = this.#options;
    const person = viewer.kind === 'person' ? viewer.person : null;
    const [exports, insight, captions, position] = await Promise.all([
      made.exportsOf(recording),
      made.insightOf(recording),
      captionsOf(recording.id),
      person && may.note ? positionOf(recording.id, person.id) : null,
    ]);
    return {
      ...{ id: recording.id, lessonId: lesson.id, title: recording.title ?? lesson.title, courseTitle: lesson.courseTitle },
      ...{ kind: lesson.kind, teacherName: lesson.teacherName, state: recording.state, startedAt: recording.startedAt },
      may,
      publication: may.edit ? publicationOf(recording) : null,
      // Who came by a link has no name: then the address of the link's recording says where a picture of it came from.
      watermark: recording.download || may.edit ? null : (person?.displayName ?? `${lesson.courseTitle} · ${recording.id}`),
      exports: [...exports],
      storyboard: insight?.storyboard ?? null,
      ...{ captions, position },
    };
  }
}
