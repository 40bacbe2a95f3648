// The electronic journal over HTTP: in pages as JSON, or whole as CSV.
import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import { Router } from 'express';
import type { z } from 'zod';
import { routes } from '../contract/http.ts';
import { JournalLine } from '../contract/reports.ts';
import { parse } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { ReportFiles } from './files.service.ts';
import type { JournalService } from './journal.service.ts';
import { type Keys, readerOf } from './reader.ts';

const columns = Object.keys(JournalLine.shape);
const usualFiles = () => new RateLimit(30, 60);

export function journalHttp(parts: {
  readonly journal: JournalService;
  readonly files: ReportFiles;
  readonly keys: Keys;
  readonly limit?: RateLimit;
}): Router {
  const { journal, files, keys, limit = usualFiles() } = parts;
  const { path, query, answer } = routes.journal;
  const router = Router();
  router.get(`${path}.csv`, async (request, response) => {
    const { asking, actor } = await readerOf(keys, request, true);
    const asked = parse(query, request.query, 'query');
    await limit.take(actor.id);
    const pages = await journal.export(asking, asked);
    await files.record(actor, recordOf(asked, 'csv'));
    response.attachment(`journal ${asked.from} ${asked.to}.csv`).type('text/csv; charset=utf-8');
    response.write(csv([columns], true));
    for await (const lines of pages) {
      if (response.closed) return;
      // Parsed, its fields stand in the order of the contract.
      const rows = lines.map((line) => Object.values(JournalLine.parse(line)).map((value) => value ?? ''));
      if (!response.write(csv(rows, false))) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end();
  });
  router.get(path, async (request, response) => {
    const { asking, actor } = await readerOf(keys, request, true);
    const asked = parse(query, request.query, 'query');
    const page = await journal.page(asking, asked);
    if (actor.kind === 'api-key' && asked.after === undefined) await files.record(actor, recordOf(asked, 'json'));
    response.json(answer.parse(page));
  });
  return router;
}

function recordOf({ from, to, courseId, groupId }: z.output<typeof routes.journal.query>, format: string) {
  return { id: courseId ?? groupId ?? '', name: 'journal', format, of: `${from} – ${to}` };
}

/** For programs: commas, decimal points and ISO times in every language. */
function csv(rows: readonly (readonly unknown[])[], bom: boolean): string {
  return rows.length === 0 ? '' : stringify([...rows], { bom, escape_formulas: true, record_delimiter: 'windows' });
}
