// The electronic journal over HTTP: in pages as JSON, or whole as CSV.
import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import { Router } from 'express';
import type { z } from 'zod';
import { routes } from '../contract/http.ts';
import { JournalLine } from '../contract/reports.ts';
import { parse } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { Answers } from './answers.ts';
import type { ReportFiles } from './files.service.ts';
import { type Keys, readerOf } from './reader.ts';

const columns = Object.keys(JournalLine.shape);
const usualFiles = () => new RateLimit(30, 60);

export function journalHttp(parts: {
  readonly answers: Answers;
  readonly files: ReportFiles;
  readonly keys: Keys;
  readonly limit?: RateLimit;
}): Router {
  const { answers, files, keys, limit = usualFiles() } = parts;
  const { path, query } = routes.journal;
  const router = Router();
  router.get(`${path}.csv`, async (request, response) => {
    const { asking, actor } = await readerOf(keys, request, true);
    const asked = parse(query, request.query, 'query');
    await limit.take(actor.id);
    const page = (after: string | undefined) => answers.ask({ kind: 'journal', asking, query: { ...asked, after } }, 'csv');
    // Whoever may not read it learns so before anything is sent or written down.
    let { bytes, next } = await page(asked.after);
    await files.record(actor, recordOf(asked, 'csv'));
    response.attachment(`journal ${asked.from} ${asked.to}.csv`).type('text/csv; charset=utf-8');
    response.write(stringify([columns], { bom: true, record_delimiter: 'windows' }));
    for (;;) {
      if (!response.write(bytes)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      if (next === null || response.closed) break;
      ({ bytes, next } = await page(next));
    }
    response.end();
  });
  router.get(path, async (request, response) => {
    const { asking, actor } = await readerOf(keys, request, true);
    const asked = parse(query, request.query, 'query');
    const { bytes } = await answers.ask({ kind: 'journal', asking, query: asked }, 'json');
    if (actor.kind === 'api-key' && asked.after === undefined) await files.record(actor, recordOf(asked, 'json'));
    response.type('json').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
  return router;
}

function recordOf({ from, to, courseId, groupId }: z.output<typeof routes.journal.query>, format: string) {
  return { id: courseId ?? groupId ?? '', name: 'journal', format, of: `${from} – ${to}` };
}
