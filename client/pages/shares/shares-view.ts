// What the report of shares shows is kept in the address; here it is read, written and turned into a question.
import type { z } from 'zod';
import { ShareBy, ShareState, type SharesQuery } from '../../../server/contract/shares.ts';
import { addressOf } from '../../app/api.ts';

export type SharesFilter = {
  readonly by: ShareBy;
  readonly term: string | undefined;
  readonly faculty: string | undefined;
  readonly state: ShareState | undefined;
  readonly sort: 'share' | 'name';
};

export function readShares(params: URLSearchParams): SharesFilter {
  const by = ShareBy.safeParse(params.get('by'));
  const state = ShareState.safeParse(params.get('state'));
  return {
    by: by.success ? by.data : 'course',
    term: idOf(params.get('term')),
    faculty: idOf(params.get('faculty')),
    state: state.success ? state.data : undefined,
    sort: params.get('sort') === 'name' ? 'name' : 'share',
  };
}

/** The usual is left out. */
export function writeShares({ by, term, faculty, state, sort }: SharesFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (by !== 'course') params.set('by', by);
  if (term) params.set('term', term);
  if (faculty) params.set('faculty', faculty);
  if (state) params.set('state', state);
  if (sort !== 'share') params.set('sort', sort);
  return params;
}

export function askedShares({ by, term, faculty, state, sort }: SharesFilter, search: string): z.input<typeof SharesQuery> {
  return {
    by,
    sort,
    ...(term && { termId: term }),
    ...(faculty && { facultyId: faculty }),
    ...(state && { state }),
    ...(search && { search }),
  };
}

/** All rows of the report, for a spreadsheet. */
export function csvAddress(asked: z.input<typeof SharesQuery>): string {
  return addressOf('/api/shares.csv', {}, asked);
}

/** How much of the limit is used up, from 0 to 1, for a bar; what is beyond the limit fills it. */
export function filled(percent: number | null, limitPercent: number): number {
  if (percent === null) return 0;
  return limitPercent <= 0 ? 1 : Math.min(1, percent / limitPercent);
}

function idOf(text: string | null): string | undefined {
  return text && /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : undefined;
}
