// The HTTP call by which somebody has a file made of a recording.
import { Router } from 'express';
import { routes } from '../../contract/http.ts';
import { Refused } from '../../contract/reply.ts';
import { bind } from '../../edge/http-bind.ts';
import { RateLimit } from '../../edge/limits.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { ExportsService } from './exports.service.ts';
import type { Mp4Rule } from './wanted.ts';

const usualAsking = () => new RateLimit(10, 60);

/** Whoever edits has any file made; whoever may download has the one made that is not there yet, where files are made on request. */
export function exportsHttp({
  access,
  exports,
  rule,
  limit = usualAsking(),
}: {
  readonly access: Pick<RecordingAccess, 'allowPerson'>;
  readonly exports: ExportsService;
  readonly rule: Mp4Rule;
  readonly limit?: RateLimit;
}): Router {
  const router = Router();
  bind(router, routes.exportRecording, async ({ params: { id, kind }, person, actor, request }) => {
    await limit.take(person.id);
    const { recording, lesson, may } = await access.allowPerson(request, id, 'watch');
    if (!may.edit) {
      const { recording: downloadable } = await access.allowPerson(request, id, 'download');
      const state = (await exports.exportsOf(downloadable)).find((one) => one.kind === kind)?.state;
      if (rule !== 'asked' || state !== 'none') throw new Refused('not-allowed', 'Only those who teach the lesson may do this');
    }
    return exports.ask(recording, kind, recording.title ?? lesson.title, actor);
  });
  return router;
}
