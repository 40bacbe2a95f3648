// Builds what stands around the player of a recording: timeline, marks, captions, and what each person keeps for themselves.
import { randomBytes } from 'node:crypto';
import { RecordingMarkId, RecordingNoteId } from './contract/ids.ts';
import { CaptionsService } from './recording/study/captions.service.ts';
import { CaptionsStore } from './recording/study/captions.store.ts';
import { MarksService } from './recording/study/marks.service.ts';
import { MarksStore } from './recording/study/marks.store.ts';
import { NotesService } from './recording/study/notes.service.ts';
import { NotesStore } from './recording/study/notes.store.ts';
import { studyHttp } from './recording/study/study.http.ts';
import type { Study, StudyParts } from './recording/study/study.ts';
import { TalkStore } from './recording/study/talk.store.ts';
import { TimelineService } from './recording/study/timeline.service.ts';

const newId = () => randomBytes(12).toString('base64url');

export function openStudy({ db, clock, audit, access, manifestOf, insightOf }: StudyParts): Study {
  const marksStore = new MarksStore(db);
  const timeline = new TimelineService({
    ...{ clock, manifestOf, insightOf },
    marksOf: (id) => marksStore.of(id),
    talk: new TalkStore(db),
  });
  const marks = new MarksService({
    ...{ store: marksStore, clock, audit },
    newId: () => RecordingMarkId.parse(newId()),
    changed: (id) => timeline.forget(id),
  });
  const captionsStore = new CaptionsStore(db);
  const captions = new CaptionsService({ store: captionsStore, clock, audit, manifestOf });
  const notes = new NotesService({ store: new NotesStore(db), clock, newId: () => RecordingNoteId.parse(newId()) });
  return {
    router: studyHttp({ access, timeline, marks, captions, notes }),
    marks,
    captionsOf: (id) => captionsStore.languages(id),
    positionOf: (id, personId) => notes.position(id, personId),
    chaptersOf: (recording) => timeline.chapters(recording),
  };
}
