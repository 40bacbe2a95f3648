// The audit log as a table for spreadsheets, made a page at a time.
import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import type { AuditEntry } from '../contract/audit.ts';
import type { Language } from '../contract/identity.ts';

const HEAD = ['seq', 'at', 'actor', 'actorId', 'actorKind', 'address', 'act', 'subjectKind', 'subject', 'subjectId', 'before', 'after'];

/** Excel splits columns by the list separator of its region. Text that it would run as a formula gets an apostrophe before it. */
export function auditCsv(language: Language | null, timeZone: string): { head(): string; lines(entries: readonly AuditEntry[]): string } {
  const options = {
    delimiter: language === 'en' ? ',' : ';',
    escape_formulas: true,
    record_delimiter: 'windows',
  } as const;
  const line = ({ seq, at, actor, address, act, subject, before, after }: AuditEntry) => [
    ...[
      seq,
      DateTime.fromMillis(at, { zone: timeZone }).toISO({
        includeOffset: true,
      }),
      actor.name,
      actor.id,
      actor.kind,
      address,
      act,
    ],
    ...[subject.kind, subject.name, subject.id, before && JSON.stringify(before), after && JSON.stringify(after)],
  ];
  return {
    head: () => stringify([HEAD], { ...options, bom: true }),
    lines: (entries) => stringify(entries.map(line), options),
  };
}
