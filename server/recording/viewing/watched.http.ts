// What was watched of a recording, told by the players of those who may open it.
import { type Request, Router } from 'express';
import { routes } from '../../contract/http.ts';
import type { LessonId, PersonId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import { bind } from '../../edge/http-bind.ts';
import { RateLimit } from '../../edge/limits.ts';
import type { RecordingService } from '../recording.service.ts';
import type { WatchedService } from './watched.service.ts';

/** A player says it every half minute, and once more when its page goes; some have two of them. */
const usualReports = () => new RateLimit(12, 60);

export function watchedHttp({
  recordings,
  watched,
  authorise,
  limit = usualReports(),
}: {
  readonly recordings: Pick<RecordingService, 'find'>;
  readonly watched: WatchedService;
  /** As for opening the recording. */
  readonly authorise: (request: Request, lessonId: LessonId) => Promise<PersonId>;
  readonly limit?: RateLimit;
}): Router {
  const router = Router();
  bind(router, routes.watched, async ({ params, body, person, request }) => {
    await limit.take(person.id);
    const recording = await recordings.find(params.id);
    if (recording === undefined) throw new Refused('not-found', 'There is no such recording');
    await watched.report(await authorise(request, recording.lessonId), recording, body);
    return {};
  });
  return router;
}
