// Reads a CSV of people and finds every fault in it, by line and column. Writes nothing.
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type ImportFault, type ImportFaultCode, limitableRoles, NewPerson, Role, type RoleFaculties } from '../contract/identity.ts';
import { ExternalId, type FacultyId } from '../contract/ids.ts';
import { delimiterOf } from '../import/csv-delimiter.ts';
import { isWeakPassword } from './identity.ts';

type Fault = z.output<typeof ImportFault>;

export interface ImportLine {
  /** Of the file, counted from 1; the head is one too. */
  readonly line: number;
  readonly person: Omit<NewPerson, 'password'>;
  /** Null: one is to be generated. */
  readonly password: string | null;
}

/** Each of them is hashed, 13 a second and core: minutes for the longest file, which config/deploy/nginx.conf knows. */
const MOST_LINES = 3000;
const LONGEST_VALUE_SHOWN = 80;

const needed = ['signInName', 'displayName', 'roles'] as const;
const known = new Set<string>([...needed, 'email', 'language', 'password', 'externalId', 'faculties']);

const Cells = z.object({
  signInName: NewPerson.shape.signInName,
  displayName: NewPerson.shape.displayName,
  email: NewPerson.shape.email,
  language: NewPerson.shape.language,
  roles: z
    .string()
    .transform((text) => [...new Set(text.split(/[\s,;|]+/).filter(Boolean))])
    .pipe(z.array(Role).min(1)),
  password: NewPerson.shape.password.nullable(),
  externalId: ExternalId.nullable(),
});

const Line = z.object({
  info: z.object({ lines: z.number() }),
  record: z.array(z.string()),
});

/** A faculty by what a file may call it. */
export interface FacultyName {
  readonly id: FacultyId;
  readonly name: string;
  readonly externalId?: string | null | undefined;
}

export function readImport(csv: string, faculties: readonly FacultyName[]): { lines: ImportLine[]; faults: Fault[] } {
  const table = rowsOf(csv);
  if ('fault' in table) return { lines: [], faults: [table.fault] };
  const [head, ...rows] = table.rows;
  if (!head) return { lines: [], faults: [fault(1, null, 'file-empty', null)] };
  const columns = head.cells.map((cell) => cell.trim());
  const headFaults = faultsOfHead(columns, head.line);
  if (headFaults.length > 0) return { lines: [], faults: headFaults };
  if (rows.length === 0) return { lines: [], faults: [fault(head.line, null, 'file-empty', null)] };
  if (rows.length > MOST_LINES)
    return {
      lines: [],
      faults: [fault(head.line + MOST_LINES + 1, null, 'too-many-lines', String(MOST_LINES))],
    };
  const lines: ImportLine[] = [];
  const faults: Fault[] = [];
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      faults.push(fault(line, null, 'wrong-number-of-cells', String(cells.length)));
      continue;
    }
    const result = readLine(line, new Map(columns.map((column, index) => [column, cells[index]?.trim() ?? ''])), faculties);
    if (Array.isArray(result)) faults.push(...result);
    else lines.push(result);
  }
  return { lines, faults };
}

/** Sign-in names that are used by someone, or twice in the file. */
export function faultsOfNames(lines: readonly ImportLine[], taken: ReadonlySet<string>): Fault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ line, person: { signInName } }) => {
    const twice = seen.has(signInName);
    seen.add(signInName);
    if (taken.has(signInName)) return [fault(line, 'signInName', 'name-taken', signInName)];
    return twice ? [fault(line, 'signInName', 'name-twice', signInName)] : [];
  });
}

export function faultsOfExternalIds(lines: readonly ImportLine[], taken: ReadonlySet<string>): Fault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ line, person: { externalId } }) => {
    if (!externalId) return [];
    const twice = seen.has(externalId);
    seen.add(externalId);
    if (taken.has(externalId)) return [fault(line, 'externalId', 'external-id-taken', externalId)];
    return twice ? [fault(line, 'externalId', 'external-id-twice', externalId)] : [];
  });
}

function rowsOf(csv: string): { rows: { line: number; cells: string[] }[] } | { fault: Fault } {
  try {
    const records: unknown = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    const rows = z
      .array(Line)
      .parse(records)
      .map(({ info, record }) => ({ line: info.lines, cells: record }));
    return {
      rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = z.object({ lines: z.number().default(1) }).parse({ ...error });
    return { fault: fault(lines, null, 'not-csv', null) };
  }
}

function faultsOfHead(columns: readonly string[], line: number): Fault[] {
  const unknown = columns.filter((column, index) => !known.has(column) || columns.indexOf(column) !== index);
  const missing = needed.filter((column) => !columns.includes(column));
  return [
    ...unknown.map((column) => fault(line, null, 'unknown-column', column)),
    ...missing.map((column) => fault(line, null, 'missing-column', column)),
  ];
}

function readLine(line: number, cells: ReadonlyMap<string, string>, faculties: readonly FacultyName[]): ImportLine | Fault[] {
  const parsed = Cells.safeParse({
    signInName: cells.get('signInName') ?? '',
    displayName: cells.get('displayName') ?? '',
    email: cells.get('email') || null,
    language: cells.get('language') || null,
    roles: cells.get('roles') ?? '',
    password: cells.get('password') || null,
    externalId: cells.get('externalId') || null,
  });
  if (!parsed.success) {
    const columns = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    return columns.map((column) => fault(line, column, 'bad-value', column === 'password' ? null : (cells.get(column) ?? null)));
  }
  const { password, ...person } = parsed.data;
  if (password !== null && isWeakPassword(password, person.signInName)) return [fault(line, 'password', 'password-too-weak', null)];
  const limits = limitsIn(cells.get('faculties') ?? '', person.roles, faculties);
  if ('code' in limits) return [fault(line, 'faculties', limits.code, limits.value)];
  return {
    line,
    person: { ...person, roleFaculties: limits.roleFaculties },
    password,
  };
}

/** The faculties of a line limit each of its roles that can be. */
function limitsIn(
  cell: string,
  roles: readonly Role[],
  faculties: readonly FacultyName[],
): { readonly roleFaculties: RoleFaculties } | { readonly code: ImportFaultCode; readonly value: string } {
  const names = cell
    .split('|')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) return { roleFaculties: {} };
  const limited = limitableRoles.filter((role) => roles.includes(role));
  if (limited.length === 0) return { code: 'bad-value', value: cell };
  const ids: FacultyId[] = [];
  for (const name of names) {
    const faculty = faculties.find((each) => each.id === name || each.externalId === name || each.name === name);
    if (!faculty) return { code: 'faculty-unknown', value: name };
    ids.push(faculty.id);
  }
  return {
    roleFaculties: Object.fromEntries(limited.map((role) => [role, ids])),
  };
}

function fault(line: number, column: string | null, code: ImportFaultCode, value: string | null): Fault {
  return {
    line,
    column,
    code,
    value: value?.slice(0, LONGEST_VALUE_SHOWN) ?? null,
  };
}
