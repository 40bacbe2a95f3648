// Imports as the server has them; one that is being worked on is asked for again each second.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ImportId } from '../../../../server/contract/ids.ts';
import type { ImportJob, ImportState } from '../../../../server/contract/import.ts';
import { importRoutes } from '../../../../server/contract/routes-import.ts';
import { api } from '../../../app/api.ts';
import type { Tone } from '../../../ui/Chip.tsx';
import { calendarKey } from '../../timetable/calendar.ts';
import { catalogueChanged } from '../catalogue.ts';

const key = 'imports';
const pollMs = 1000;
const working: ReadonlySet<ImportState> = new Set(['reading', 'applying', 'laying-out']);

export const isWorking = ({ state }: Pick<ImportJob, 'state'>) => working.has(state);

export const importsQuery = queryOptions({
  queryKey: [key],
  queryFn: async ({ signal }) => (await api(importRoutes.imports, { signal })).imports,
  refetchInterval: (query) => (query.state.data?.some(isWorking) ? pollMs : false),
});

export function importQuery(id: ImportId) {
  return queryOptions({
    queryKey: [key, id],
    queryFn: ({ signal }) => api(importRoutes.import, { params: { id }, signal }),
    refetchInterval: (query) => (query.state.data && isWorking(query.state.data) ? pollMs : false),
  });
}

/** Whatever an import brings may be on any page. */
export async function importApplied(client: QueryClient): Promise<void> {
  await Promise.all([
    catalogueChanged(client),
    ...[[key], [calendarKey], ['people'], ['series']].map((queryKey) => client.invalidateQueries({ queryKey })),
  ]);
}

export const tones: Record<ImportState, Tone> = {
  reading: 'info',
  faulty: 'danger',
  ready: 'accent',
  applying: 'info',
  'laying-out': 'info',
  done: 'good',
  failed: 'danger',
  discarded: 'neutral',
};
