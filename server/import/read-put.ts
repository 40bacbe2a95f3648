// Reads what another system puts: rows of one table, or one row under the id in the path.
import { z } from 'zod';
import type { ImportTable } from '../contract/import.ts';
import { type Faults, Unreadable } from './faults.ts';
import { type Plan, planOf } from './plan.ts';
import { unreadable } from './read-file.ts';
import { rawTable } from './read-json.ts';

const Rows = z.strictObject({ items: z.array(z.unknown()), complete: z.boolean().default(false) });
const Row = z.record(z.string(), z.unknown());

export function readPut(
  bytes: Buffer,
  { table, item }: { readonly table: ImportTable; readonly item: string | null },
  faults: Faults,
): { plan: Plan; isComplete: boolean } {
  try {
    const { items, complete } =
      item === null ? Rows.parse(json(bytes)) : { items: [{ ...Row.parse(json(bytes)), id: item }], complete: false };
    return { plan: planOf([rawTable(table, items)], faults), isComplete: complete };
  } catch (error) {
    const known = error instanceof z.ZodError ? new Unreadable('file-unreadable', null, { sheet: table, line: 1 }) : error;
    unreadable(known, faults);
    return { plan: {}, isComplete: false };
  }
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Unreadable('file-unreadable');
  }
}
