// What people watched of recordings: told by their players, asked back by these, and shown to those who teach.
import { Router } from 'express';
import { routes } from '../../contract/http.ts';
import { bind } from '../../edge/http-bind.ts';
import { RateLimit } from '../../edge/limits.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { ViewingService } from './viewing.service.ts';

/** A player says it every half minute, and once more when its page goes; some have two of them. */
const usualReports = () => new RateLimit(12, 60);

/** Who came by a link is nobody here: `allowPerson` knows no links (V79). */
export function viewingHttp({
  access,
  viewing,
  limit = usualReports(),
}: {
  readonly access: Pick<RecordingAccess, 'allowPerson'>;
  readonly viewing: ViewingService;
  readonly limit?: RateLimit;
}): Router {
  const router = Router();
  bind(router, routes.watched, async ({ params, body, person, request }) => {
    await limit.take(person.id);
    const { recording } = await access.allowPerson(request, params.id, 'note');
    return viewing.report(person.id, recording, body);
  });
  bind(router, routes.ownViewing, async ({ params, person, request }) => {
    const { recording } = await access.allowPerson(request, params.id, 'note');
    return viewing.own(person.id, recording);
  });
  bind(router, routes.viewing, async ({ params, request }) => {
    const { recording } = await access.allowPerson(request, params.id, 'see-views');
    return viewing.all(recording);
  });
  return router;
}
