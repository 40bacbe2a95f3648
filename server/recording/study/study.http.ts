// The calls about what stands around a recording: its timeline, marks, captions, and one's own notes and position.
import { type Request, Router } from 'express';
import { routes } from '../../contract/http.ts';
import { CaptionLanguage } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import { bind } from '../../edge/http-bind.ts';
import { RateLimit } from '../../edge/limits.ts';
import type { Allowed } from '../access/access.ts';
import type { CaptionsService } from './captions.service.ts';
import type { MarksService } from './marks.service.ts';
import type { NotesService } from './notes.service.ts';
import type { StudyParts } from './study.ts';
import type { Reader, TimelineService } from './timeline.service.ts';

export interface StudyHttpParts extends Pick<StudyParts, 'access'> {
  readonly timeline: TimelineService;
  readonly marks: MarksService;
  readonly captions: CaptionsService;
  readonly notes: NotesService;
}

const captionBytes = 4 * 1024 * 1024;
/** Of one person in a minute: a pen and a player write less, also after an hour without a line. */
const limits = { notes: 240, position: 60, marks: 60, captions: 30 } as const;
const noStore = 'private, no-store';

export function studyHttp({ access, timeline, marks, captions, notes }: StudyHttpParts): Router {
  const router = Router();
  const limit = {
    notes: new RateLimit(limits.notes, 60),
    position: new RateLimit(limits.position, 60),
    marks: new RateLimit(limits.marks, 60),
    captions: new RateLimit(limits.captions, 60),
  };

  bind(router, routes.recordingTimeline, async ({ params, request, response }) => {
    const allowed = await access.allow(request, params.id, 'watch');
    response.set('Cache-Control', noStore);
    return timeline.of(allowed.recording, readerOf(allowed));
  });

  bind(router, routes.markRecording, async ({ params, body, request, person, actor }) => {
    await access.allowPerson(request, params.id, 'edit');
    await limit.marks.take(person.id);
    return marks.add(params.id, body, actor);
  });
  bind(router, routes.changeMark, async ({ params, body, request, person, actor }) => {
    await access.allowPerson(request, params.id, 'edit');
    await limit.marks.take(person.id);
    return marks.change(params.id, params.markId, body, actor);
  });
  bind(router, routes.removeMark, async ({ params, request, person, actor }) => {
    await access.allowPerson(request, params.id, 'edit');
    await limit.marks.take(person.id);
    await marks.remove(params.id, params.markId, actor);
    return {};
  });

  captionCalls(router, { access, captions }, limit.captions);

  bind(router, routes.recordingNotes, async ({ params, request, person, response }) => {
    await access.allowPerson(request, params.id, 'note');
    response.set('Cache-Control', noStore);
    return { notes: await notes.of(params.id, person.id) };
  });
  bind(router, routes.addNote, async ({ params, body, request, person }) => {
    await access.allowPerson(request, params.id, 'note');
    await limit.notes.take(person.id);
    return notes.add(params.id, person.id, body);
  });
  bind(router, routes.changeNote, async ({ params, body, request, person }) => {
    await access.allowPerson(request, params.id, 'note');
    await limit.notes.take(person.id);
    return notes.change(params.id, person.id, params.noteId, body);
  });
  bind(router, routes.removeNote, async ({ params, request, person }) => {
    await access.allowPerson(request, params.id, 'note');
    await limit.notes.take(person.id);
    await notes.remove(params.id, person.id, params.noteId);
    return {};
  });
  bind(router, routes.savePosition, async ({ params, body, request, person }) => {
    await access.allowPerson(request, params.id, 'note');
    await limit.position.take(person.id);
    await notes.savePosition(params.id, person.id, body);
    return {};
  });
  return router;
}

function captionCalls(router: Router, { access, captions }: Pick<StudyHttpParts, 'access' | 'captions'>, limit: RateLimit): void {
  const writing = async (request: Request, params: { readonly id: string; readonly language: CaptionLanguage }) => {
    const { recording, lesson, viewer } = await access.allowPerson(request, params.id, 'caption');
    await limit.take(viewer.person.id);
    return { recording, name: recording.title ?? lesson.title, language: params.language };
  };

  // Before the call that answers JSON, which would take the ending for a part of the language.
  router.get('/api/recordings/:id/captions/:language.vtt', async (request, response) => {
    const { recording } = await access.allow(request, request.params.id, 'watch');
    const language = CaptionLanguage.safeParse(request.params.language);
    if (!language.success) throw new Refused('not-found', 'There are no such captions');
    const vtt = await captions.vtt(recording, language.data);
    response.set({ 'Cache-Control': noStore, 'Content-Disposition': `inline; filename="captions-${language.data}.vtt"` });
    response.type('text/vtt; charset=utf-8').send(vtt);
  });
  bind(router, routes.captions, async ({ params, request, response }) => {
    const { recording, may, viewer } = await access.allow(request, params.id, 'watch');
    response.set('Cache-Control', noStore);
    const track = await captions.of(recording, params.language, may.caption);
    return viewer.kind === 'person' ? track : { ...track, changedBy: '' };
  });
  bind(router, routes.setCaptions, async ({ params, body, request, actor }) => captions.set(await writing(request, params), body, actor), {
    bodyBytes: captionBytes,
  });
  bind(
    router,
    routes.uploadCaptions,
    async ({ params, body, request, actor }) => captions.upload(await writing(request, params), body.vtt, actor),
    { bodyBytes: captionBytes },
  );
  bind(router, routes.removeCaptions, async ({ params, request, actor }) => {
    await captions.remove(await writing(request, params), actor);
    return {};
  });
}

/** V60: what was written in class is for those who belong to the class; whoever else may watch sees chapters only. */
function readerOf({ viewer, role, may }: Allowed): Reader {
  if (viewer.kind === 'link') return null;
  return role !== 'none' || may.edit || may.seeViews ? { personId: viewer.person.id } : null;
}
