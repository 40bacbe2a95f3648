// Gives out the files to fill in.
import { Router } from 'express';
import { z } from 'zod';
import { ImportTable } from '../contract/import.ts';
import { parse } from '../edge/http.ts';
import { requireAccess } from '../edge/http-caller.ts';
import { templateCsv, templateXlsx } from './template.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function templateHttp(): Router {
  const router = Router();
  let workbook: Promise<Uint8Array> | undefined;
  router.get('/api/imports/template.xlsx', async (request, response) => {
    requireAccess(request, 'signed-in');
    workbook ??= templateXlsx();
    response
      .attachment('auditoria-template.xlsx')
      .type(XLSX)
      .send(Buffer.from(await workbook));
  });
  router.get('/api/imports/template/:table.csv', (request, response) => {
    requireAccess(request, 'signed-in');
    const { table } = parse(z.object({ table: ImportTable }), request.params, 'path');
    response.attachment(`${table}.csv`).type('text/csv; charset=utf-8').send(templateCsv(table));
  });
  return router;
}
