// What differs in one row of an import, column by column.
import type { DifferenceSample } from '../../../../server/contract/import.ts';
import type { TextKey, Texts } from '../../../i18n/index.ts';

type Value = NonNullable<DifferenceSample['after']>[string] | undefined;

export function changesOf({
  before,
  after,
}: DifferenceSample): readonly { readonly column: string; readonly before: Value; readonly after: Value }[] {
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...columns].map((column) => ({ column, before: before?.[column], after: after?.[column] }));
}

/** A dash where nothing is. */
export function valueText(value: Value): string {
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ');
  return value === undefined || value === null || value === '' ? '–' : String(value);
}

/** The columns of the template in words. */
const columns = [
  'name',
  'faculty',
  'department',
  'programme',
  'code',
  'field',
  'groups',
  'email',
  'language',
  'signInName',
  'roles',
  'building',
  'capacity',
  'title',
  'credits',
  'hours',
  'role',
  'year',
  'startsOn',
  'endsOn',
  'startsAt',
  'endsAt',
  'term',
  'course',
  'person',
  'kind',
  'teacher',
  'streams',
  'place',
  'mode',
  'weekday',
  'weeks',
  'schedule',
  'bell',
  'from',
  'until',
  'date',
  'cancelled',
  'number',
  'bells',
] as const;
const words = new Map<string, TextKey>(columns.map((column) => [column, `import.column.${column}`]));

export function columnName(t: Texts['t'], column: string): string {
  const key = words.get(column);
  return key ? t(key) : column;
}
