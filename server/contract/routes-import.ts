// The HTTP calls that bring the university in: imports of files, keys for other systems, and the calls those make.
// Beside them: GET /api/imports/template.xlsx and /api/imports/template/{table}.csv, files to fill in.
import { z } from 'zod';
import { ApiKeyAdded, ApiKeyId, ApiKeys, NewApiKey } from './api-keys.ts';
import { ImportId } from './ids.ts';
import {
  ImportApply,
  ImportItem,
  ImportJobDetail,
  ImportJobs,
  ImportTable,
  ImportUpload,
  TableItem,
  TablePut,
  TablePutDone,
} from './import.ts';
import { route } from './route.ts';

const job = z.object({ id: ImportId });

export const importRoutes = {
  imports: route('GET', '/api/imports', 'signed-in', 'Imports, newest first (coordinators their own, administrators all)', {
    answer: ImportJobs,
  }),
  uploadImport: route(
    'POST',
    '/api/imports',
    'signed-in',
    'Upload a file of at most 64 MB as the body; it is read and compared, and changes nothing',
    {
      query: ImportUpload,
      answer: ImportJobDetail,
    },
  ),
  import: route('GET', '/api/imports/{id}', 'signed-in', 'One import: how far it is, its faults, what it would change', {
    params: job,
    answer: ImportJobDetail,
  }),
  applyImport: route('POST', '/api/imports/{id}/apply', 'signed-in', 'Apply an import that is ready: all of it or nothing', {
    params: job,
    body: ImportApply,
    answer: ImportJobDetail,
  }),
  discardImport: route('DELETE', '/api/imports/{id}', 'signed-in', 'Discard an import that was not applied', { params: job }),

  apiKeys: route('GET', '/api/api-keys', 'administrator', 'Keys of other systems', { answer: ApiKeys }),
  addApiKey: route('POST', '/api/api-keys', 'administrator', 'Add a key; it is shown in this answer only', {
    body: NewApiKey,
    answer: ApiKeyAdded,
  }),
  revokeApiKey: route('DELETE', '/api/api-keys/{id}', 'administrator', 'Revoke a key', { params: z.object({ id: ApiKeyId }) }),

  putTable: route(
    'PUT',
    '/api/timetable/{table}',
    'anyone',
    'Bring rows of a table: known ids are changed, new ones added. An API key as Bearer, or an administrator',
    {
      params: z.object({ table: ImportTable }),
      body: TablePut,
      answer: TablePutDone,
    },
  ),
  putTableItem: route(
    'PUT',
    '/api/timetable/{table}/{externalId}',
    'anyone',
    'Bring one row of a table. An API key as Bearer, or an administrator',
    {
      params: TableItem,
      body: ImportItem,
      answer: TablePutDone,
    },
  ),
} as const;
