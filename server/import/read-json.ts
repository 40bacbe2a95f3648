// Reads tables from JSON: an object with a list of items under the name of each table.
import { z } from 'zod';
import type { ImportTable } from '../contract/import.ts';
import type { Cell } from './columns.ts';
import { Unreadable } from './faults.ts';
import { type RawTable, tableCalled } from './plan.ts';

const Document = z.record(z.string(), z.unknown());
const Items = z.array(z.record(z.string(), z.unknown()));

/** Null: as it is; else the whole document is the list of that table's items. */
export function readJson(bytes: Uint8Array, table: ImportTable | null): RawTable[] {
  const document = parsed(bytes);
  if (table !== null && (Array.isArray(document) || !isTableSet(document))) return [rawTable(table, itemsOf(document))];
  const tables = Document.safeParse(document);
  if (!tables.success || Array.isArray(document)) throw new Unreadable('file-unreadable');
  const entries = Object.entries(tables.data);
  if (entries.length === 0) throw new Unreadable('file-empty');
  return entries.map(([name, items]) => {
    const known = tableCalled(name);
    if (known === null) throw new Unreadable('table-unknown', name);
    return rawTable(known, items);
  });
}

export function rawTable(table: ImportTable, value: unknown): RawTable {
  const items = Items.safeParse(value);
  if (!items.success) {
    const place = items.error.issues[0]?.path[0];
    throw new Unreadable('file-unreadable', null, { sheet: table, line: typeof place === 'number' ? place + 1 : 1 });
  }
  const head = [...new Set(items.data.flatMap((item) => Object.keys(item)))];
  const rows = items.data.map((item, index) => ({ line: index + 1, cells: head.map((key) => cellOf(item[key])) }));
  return { table, sheet: table, headLine: 1, head, rows };
}

function itemsOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null && 'items' in document ? document.items : document;
}

function isTableSet(document: unknown): boolean {
  return typeof document === 'object' && document !== null && !('items' in document);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Unreadable('file-unreadable');
  }
}

/** What cannot be a cell becomes one that no column takes, so that the fault is told in its place. */
function cellOf(value: unknown): Cell | undefined {
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((part) => (typeof part === 'object' ? '\u0000' : String(part)));
  return '\u0000';
}
