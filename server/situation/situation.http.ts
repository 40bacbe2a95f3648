// The board over HTTP: as JSON that is asked for every few seconds, and as files.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type Actor, actorOf } from '../audit/actor.ts';
import { Language } from '../contract/identity.ts';
import { situationRoutes } from '../contract/routes-situation.ts';
import { bind, callerOf, parse, requirePerson } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { Asking } from '../timetable/who.ts';
import type { BoardService } from './board.service.ts';
import type { SituationFiles } from './files.service.ts';
import type { SummaryService } from './summary.service.ts';

const types = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const File = z.object({ format: z.enum(['csv', 'xlsx']) });
const Lang = z.object({ lang: z.preprocess((value) => value || undefined, Language.optional()) });

/** Of one person within a minute: a file, or a month, takes a moment of the processor. */
const usualFiles = () => new RateLimit(30, 60);
/** Slots that are over, likewise. */
const usualPast = () => new RateLimit(60, 60);

export function situationHttp(parts: {
  readonly board: BoardService;
  readonly summary: SummaryService;
  readonly files: SituationFiles;
  readonly limit?: RateLimit;
}): Router {
  const { board, summary, files, limit = usualFiles() } = parts;
  const past = usualPast();
  const router = Router();
  const { situation, situationSlots, situationSummary } = situationRoutes;

  router.get(situation.path, async (request, response) => {
    const { asking } = callOf(request);
    const { at, ...narrowed } = parse(situation.query, request.query, 'query');
    // What is kept by the browser is asked about each time: it may not be shown to whoever signs in next (W13).
    response.set({ 'Cache-Control': 'private, no-cache', Vary: 'Cookie, Authorization' });
    if (at !== undefined) {
      await past.take(asking.id);
      return void response.json(situation.answer.parse(await board.at(asking, { at, ...narrowed })));
    }
    const { etag, body } = await board.now(asking, narrowed);
    response.set('ETag', etag);
    if (isKnown(request, etag)) return void response.status(304).end();
    response.type('json').send(body);
  });
  bind(router, situationSlots, ({ person, query }) => board.slots(askingOf(person), query.day));
  bind(router, situationSummary, async ({ person, query }) => {
    await limit.take(person.id);
    return summary.of(askingOf(person), query);
  });

  const file =
    (send: (who: Caller, request: Request, format: 'csv' | 'xlsx') => Promise<{ readonly bytes: Buffer; readonly name: string }>) =>
    async (request: Request, response: Response) => {
      const who = callOf(request);
      const { format } = parse(File, request.params, 'path');
      await limit.take(who.actor.id);
      const { bytes, name } = await send(who, request, format);
      response.attachment(name).type(types[format]).send(bytes);
    };
  router.get(
    `${situation.path}.:format`,
    file(({ asking, actor, language }, request, format) =>
      files.board(actor, asking, parse(situation.query, request.query, 'query'), { format, language }),
    ),
  );
  router.get(
    `${situationSummary.path}.:format`,
    file(({ asking, actor, language }, request, format) =>
      files.summary(actor, asking, parse(situationSummary.query, request.query, 'query'), { format, language }),
    ),
  );
  return router;
}

/** RFC 9110, 13.1.2: compared weakly, for a proxy that compresses makes a strong one weak. */
function isKnown(request: Request, etag: string): boolean {
  const strong = (tag: string) => tag.trim().replace(/^W\//, '');
  return (request.get('if-none-match') ?? '').split(',').some((tag) => strong(tag) === strong(etag));
}

interface Caller {
  readonly asking: Asking;
  readonly actor: Actor;
  readonly language: Language;
}

function callOf(request: Request): Caller {
  const person = requirePerson(request);
  const { lang } = parse(Lang, request.query, 'query');
  const language = lang ?? person.language ?? Language.catch('kk').parse(request.acceptsLanguages(...Language.options));
  return { asking: askingOf(person), actor: actorOf(person, callerOf(request).peer.address), language };
}

function askingOf({ id, roles, roleFaculties }: Asking): Asking {
  return { id, roles, roleFaculties };
}
