// The trace as evidence over HTTP: proofs, signed heads, public keys, bundles, and the verifier that needs no server.
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { actorOf } from '../audit/actor.ts';
import { routes } from '../contract/http.ts';
import type { Person } from '../contract/identity.ts';
import type { LessonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import { bind, callerOf, parse, requirePerson } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { TraceExportService } from './export.service.ts';
import type { ProofService } from './proof.service.ts';

/** Each reads much. */
const proofsAtOnce = 2;
const retryAfterMs = 5000;
/** Whoever takes a bundle and does not read it on is cut off. */
const mostIdleMs = 30_000;

export interface TraceHttpParts {
  readonly proofs: ProofService;
  readonly exports: TraceExportService;
  /** The lesson's title; null when the person may not open its register in full. */
  readonly openLesson: (person: Person, id: LessonId) => Promise<string | null>;
  /** Of one person. */
  readonly limit?: RateLimit;
}

export function traceHttp({ proofs, exports, openLesson, limit = new RateLimit(30, 600) }: TraceHttpParts): Router {
  const router = Router();
  let running = 0;
  const limited = async <T>(person: Person, work: () => Promise<T>): Promise<T> => {
    await limit.take(person.id);
    if (running >= proofsAtOnce)
      throw new Refused('too-many-requests', 'Other proofs are running; try again in a moment', { retryAfterMs });
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
  const titleFor = async (person: Person, id: LessonId) => {
    const title = await openLesson(person, id);
    if (title === null) throw new Refused('not-allowed', 'Only those who open the whole register may prove its trace');
    return title;
  };

  // Outside of /api, where nobody is asked who they are.
  router.get(routes.traceKeys.path, async (_request, response) => {
    response.set('Cache-Control', 'no-cache').json(routes.traceKeys.answer.parse({ keys: await proofs.keys() }));
  });
  bind(router, routes.traceState, ({ person, query }) => {
    refuseUnlessInspector(person);
    return proofs.state(query.page);
  });
  bind(router, routes.verifyLesson, async ({ person, params }) => {
    await titleFor(person, params.id);
    return limited(person, () => proofs.lesson(params.id));
  });
  bind(router, routes.verifyDay, ({ person, params }) => {
    refuseUnlessInspector(person);
    return limited(person, () => proofs.day(params.day));
  });
  bind(router, routes.verifyTrace, ({ person }) => {
    refuseUnlessInspector(person);
    return limited(person, () => proofs.order());
  });
  bind(router, routes.rotateTraceKey, ({ actor }) => exports.rotate(actor));

  router.get('/api/lessons/:id/trace.jsonl', async (request, response) => {
    const person = requirePerson(request);
    const { id } = parse(routes.verifyLesson.params, request.params, 'path');
    const title = await titleFor(person, id);
    // How fast it goes is the reader's matter: the proofs of others do not wait for it.
    await limit.take(person.id);
    const lines = await exports.bundle(actorOf(person, callerOf(request).peer.address), { id, title });
    response
      .attachment(`trace-${id}.jsonl`)
      .type('application/jsonl; charset=utf-8')
      .set('Cache-Control', 'private, no-store, no-transform')
      .setTimeout(mostIdleMs, () => response.destroy());
    // A browser that goes away in the middle has had enough.
    await pipeline(Readable.from(lines), response).catch((error: unknown) => {
      if (!request.destroyed && !response.destroyed) throw error;
    });
  });

  let verifier: Promise<string> | undefined;
  router.get('/trace/verify-bundle.mjs', async (_request, response) => {
    verifier ??= readFile(join(import.meta.dirname, 'verify-bundle.ts'), 'utf8').then((source) => stripTypeScriptTypes(source));
    response
      .type('text/javascript')
      .set('Cache-Control', 'no-cache')
      .send(await verifier);
  });
  return router;
}

/** Administrators, and observers of the whole university: heads tell of all faculties. */
function refuseUnlessInspector({ roles, roleFaculties }: Person): void {
  if (roles.includes('administrator') || (roles.includes('observer') && roleFaculties?.observer === undefined)) return;
  throw new Refused('not-allowed', 'Only administrators and observers see the heads of the trace');
}
