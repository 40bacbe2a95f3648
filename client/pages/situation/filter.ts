// Which lessons of which moment the board shows: kept in the address, so that it can be sent on and comes back after a restart.
import { SituationState } from '../../../server/contract/situation.ts';
import { LessonKind } from '../../../server/contract/timetable.ts';

export type StateChoice = SituationState | 'needing';

export type Filter = {
  /** Undefined: now. */
  readonly at: number | undefined;
  readonly faculty: string | undefined;
  /** The empty name: without a place. */
  readonly building: string | undefined;
  readonly kind: LessonKind | undefined;
  readonly state: StateChoice | undefined;
  readonly search: string;
};

const idLike = /^[A-Za-z0-9_-]{1,64}$/;
const instantLike = /^\d{1,15}$/;

export function readFilter(params: URLSearchParams): Filter {
  const at = params.get('at') ?? '';
  const faculty = params.get('faculty') ?? '';
  const state = params.get('state');
  return {
    at: instantLike.test(at) ? Number(at) : undefined,
    faculty: idLike.test(faculty) ? faculty : undefined,
    building: params.get('building')?.slice(0, 200),
    kind: LessonKind.safeParse(params.get('kind')).data,
    state: state === 'needing' ? state : SituationState.safeParse(state).data,
    search: (params.get('q') ?? '').slice(0, 200),
  };
}

/** The usual is left out: an address without a moment always shows the present one. */
export function writeFilter({ at, faculty, building, kind, state, search }: Filter): URLSearchParams {
  const params = new URLSearchParams();
  if (at !== undefined) params.set('at', String(at));
  if (faculty !== undefined) params.set('faculty', faculty);
  if (building !== undefined) params.set('building', building);
  if (kind !== undefined) params.set('kind', kind);
  if (state !== undefined) params.set('state', state);
  if (search !== '') params.set('q', search);
  return params;
}

export function narrows({ faculty, building, kind, state, search }: Filter): boolean {
  return faculty !== undefined || building !== undefined || kind !== undefined || state !== undefined || search !== '';
}

export const nothingChosen = {
  faculty: undefined,
  building: undefined,
  kind: undefined,
  state: undefined,
  search: '',
} as const satisfies Partial<Filter>;

/** An address of one of the pages that keeps what is chosen. */
export function addressWith(path: string, filter: Filter): string {
  const params = writeFilter(filter).toString();
  return params === '' ? path : `${path}?${params}`;
}

/** What the server is asked to leave out, where it must: a file, or more than fits into one answer. */
export function narrowed({ faculty, building, kind }: Filter) {
  return { facultyId: faculty, building, kind };
}
