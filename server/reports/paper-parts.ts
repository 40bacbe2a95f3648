// Splits the columns of a table that is too wide for a page: the pinned ones stand in each part again.
import type { Column } from './paper.ts';

export interface PlacedColumn {
  readonly column: Column;
  /** In the row. */
  readonly index: number;
  /** From the left end of the table. */
  readonly x: number;
  readonly width: number;
}

export interface Part {
  readonly columns: readonly PlacedColumn[];
  readonly width: number;
}

/** Points to a letter, and what stands around it. */
const letter = 4.1;
const around = 6;
const markWidth = 24;
/** Of the page: more than that the pinned columns may not take. */
const pinnedShare = 0.4;

interface Wide {
  readonly column: Column;
  readonly index: number;
  readonly width: number;
}

/** Parts as wide as needed, at most `most`; what fits at once takes the whole width, its texts the rest of it. */
export function partsOf(columns: readonly Column[], pinned: number, most: number): Part[] {
  const all = columns.map((column, index): Wide => ({ column, index, width: widthOf(column) }));
  const total = sum(all);
  if (total <= most) return [placed(widened(all, most - total))];
  const kept = narrowed(all.slice(0, pinned), most * pinnedShare);
  const room = most - sum(kept);
  const parts: Part[] = [];
  let some: Wide[] = [];
  for (const wide of all.slice(pinned)) {
    if (some.length > 0 && sum(some) + wide.width > room) {
      parts.push(placed([...kept, ...some]));
      some = [];
    }
    some.push({ ...wide, width: Math.min(wide.width, room) });
  }
  parts.push(placed([...kept, ...some]));
  return parts;
}

function widthOf({ kind, width }: Column): number {
  return kind === 'mark' ? markWidth : width * letter + around;
}

function widened(columns: readonly Wide[], rest: number): Wide[] {
  const texts = sum(columns.filter(({ column }) => column.kind === 'text'));
  return columns.map((wide) => (wide.column.kind === 'text' ? { ...wide, width: wide.width + (rest * wide.width) / texts } : wide));
}

function narrowed(columns: readonly Wide[], most: number): Wide[] {
  const part = Math.min(1, most / Math.max(1, sum(columns)));
  return columns.map((wide) => ({ ...wide, width: wide.width * part }));
}

function placed(columns: readonly Wide[]): Part {
  let x = 0;
  const at = columns.map(({ column, index, width }) => {
    const one = { column, index, x, width };
    x += width;
    return one;
  });
  return { columns: at, width: x };
}

function sum(columns: readonly Wide[]): number {
  return columns.reduce((total, { width }) => total + width, 0);
}
