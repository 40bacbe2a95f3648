// Turns the values of an audit entry into lines that people can read.

type Values = Readonly<Record<string, unknown>>;

interface Words {
  readonly yes: string;
  readonly no: string;
  readonly dateTime: (instant: number) => string;
}

/** The fields that have a word in the texts. */
const fields = [
  'displayName',
  'signInName',
  'email',
  'language',
  'roles',
  'roleFaculties',
  'externalId',
  'disabled',
  'password',
  'name',
  'title',
  'code',
  'startsAt',
  'endsAt',
  'teacher',
  'place',
  'groups',
  'note',
  'created',
  'staff',
  'id',
  'kind',
  'accounts',
  'lessons',
  'messages',
  'auditEntries',
  'choice',
  'facultyId',
  'cancelled',
  'provider',
  'format',
  'from',
  'to',
  'told',
  'network',
  'search',
  'qualityLines',
  'connectionReports',
] as const;
type FieldKey = `audit.field.${(typeof fields)[number]}`;

export function rowsOf(before: Values | null, after: Values | null): { field: string; was: unknown; is: unknown }[] {
  return Object.keys({ ...before, ...after }).map((field) => ({ field, was: before?.[field], is: after?.[field] }));
}

/** Null: there is no word for it, and its own name has to do. */
export function fieldKey(field: string): FieldKey | null {
  const known = fields.find((each) => each === field);
  return known === undefined ? null : `audit.field.${known}`;
}

/** Instants are told by the name of their field. */
export function readable(field: string, value: unknown, words: Words): string {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return /At$/.test(field) ? words.dateTime(value) : String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((item: unknown) => readable('', item, words)).join(', ');
  const entries = Object.entries(value);
  return entries.length === 0 ? '–' : entries.map(([key, item]) => `${key}: ${readable(key, item, words)}`).join('; ');
}
