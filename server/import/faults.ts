// What is wrong with a file, place by place: all is counted, and the first of it kept.
import type { TableFault, TableFaultCode } from '../contract/import.ts';

const MOST_SHOWN = 200;
/** Enough to be sorted before the first are taken; a file with more is wrong as a whole. */
const MOST_KEPT = 5000;
const LONGEST_VALUE = 80;

export interface Spot {
  readonly sheet: string | null;
  readonly line: number;
}

export class Faults {
  #kept: TableFault[] = [];
  #total = 0;

  add({ sheet, line }: Spot, column: string | null, code: TableFaultCode, value: string | null = null): void {
    this.#total += 1;
    if (this.#kept.length < MOST_KEPT) this.#kept.push({ sheet, line, column, code, value: value?.slice(0, LONGEST_VALUE) ?? null });
  }

  get total(): number {
    return this.#total;
  }

  /** In the order of the sheets, then of the lines. */
  first(): TableFault[] {
    const sheets = [...new Set(this.#kept.map(({ sheet }) => sheet))];
    return this.#kept.toSorted((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.line - b.line).slice(0, MOST_SHOWN);
  }
}

/** The file as a whole cannot be taken; thrown by its reader. */
export class Unreadable extends Error {
  readonly code: TableFaultCode;
  readonly value: string | null;
  readonly spot: Spot;
  constructor(code: TableFaultCode, value: string | null = null, spot: Spot = { sheet: null, line: 1 }) {
    super(code);
    this.name = 'Unreadable';
    this.code = code;
    this.value = value;
    this.spot = spot;
  }
}
