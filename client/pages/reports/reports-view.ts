// What the page of reports shows, as its address says it; and where its files are.
import { addressOf } from '../../app/api.ts';
import type { Language } from '../../i18n/index.ts';

export const reportKinds = ['student', 'teacher', 'group', 'course', 'faculty', 'term', 'at-risk'] as const;
export type ReportKind = (typeof reportKinds)[number];

export type Asked = {
  readonly of: ReportKind | undefined;
  readonly id: string | undefined;
  /** Days, ISO; both or neither, which is the term of today. */
  readonly from: string | undefined;
  readonly to: string | undefined;
};

const day = /^\d{4}-\d{2}-\d{2}$/;

export function readAsked(params: URLSearchParams): Asked {
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  const whole = day.test(from) && day.test(to) && from <= to;
  return {
    of: reportKinds.find((kind) => kind === params.get('of')),
    id: params.get('id') ?? undefined,
    from: whole ? from : undefined,
    to: whole ? to : undefined,
  };
}

export function writeAsked(asked: Asked): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A link to another report over the same days. */
export function reportLink(
  of: ReportKind,
  id: string | undefined,
  period: { readonly from: string; readonly to: string } | undefined,
): string {
  return addressOf('/reports', {}, { of, id, from: period?.from, to: period?.to });
}

/** Those that are about one thing need its id. */
const paths = {
  student: '/api/reports/students/{id}',
  teacher: '/api/reports/teachers/{id}',
  group: '/api/reports/groups/{id}',
  course: '/api/reports/courses/{id}',
  faculty: '/api/reports/faculties/{id}',
  term: '/api/reports/term',
  'at-risk': '/api/reports/at-risk',
} as const satisfies Record<ReportKind, string>;

export const fileKinds = ['csv', 'xlsx', 'pdf'] as const;

/** Undefined while nothing is chosen. */
export function fileAddress({ of, id, from, to }: Asked, kind: (typeof fileKinds)[number], lang: Language): string | undefined {
  if (of === undefined) return undefined;
  if (paths[of].includes('{id}') && id === undefined) return undefined;
  return addressOf(`${paths[of]}.${kind}`, { id }, { from, to, lang });
}
