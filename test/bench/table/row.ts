// One line of the table of all measurements: a ratio taken in one run, or a count, with its goal and whether it is reached.
import { z } from 'zod';

export const Row = z.object({
  name: z.string(),
  figure: z.number(),
  /** "ratio" where `ratioOf` says to what; else what is counted, or "ms". */
  unit: z.string(),
  /** Like "≤ 1.03"; null where nothing is demanded. */
  goal: z.string().nullable(),
  reached: z.boolean().nullable(),
  ratioOf: z.string().optional(),
  note: z.string().optional(),
});
export type Row = z.infer<typeof Row>;

type Rest = Pick<Row, 'ratioOf' | 'note'>;

export const atMost = (name: string, figure: number, unit: string, limit: number, rest: Rest = {}): Row => ({
  ...{ name, figure, unit, goal: `≤ ${limit}`, reached: figure <= limit },
  ...rest,
});

export const atLeast = (name: string, figure: number, unit: string, limit: number, rest: Rest = {}): Row => ({
  ...{ name, figure, unit, goal: `≥ ${limit}`, reached: figure >= limit },
  ...rest,
});

export const exactly = (name: string, figure: number, unit: string, wanted: number, rest: Rest = {}): Row => ({
  ...{ name, figure, unit, goal: `= ${wanted}`, reached: figure === wanted },
  ...rest,
});

export const told = (name: string, figure: number, unit: string, rest: Rest = {}): Row => ({
  ...{ name, figure, unit, goal: null, reached: null },
  ...rest,
});
