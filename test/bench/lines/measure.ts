// Measures one bad line: lets it settle, then counts for a while what the student hears and sees, and what is heard of the student.
import { setTimeout as wait } from 'node:timers/promises';
import type { BadLine } from './cases.ts';
import { kbpsBetween, type PictureFigures, picturesBetween, type SoundFigures, soundBetween } from './figures.ts';
import type { LineClass } from './line-class.ts';

/** Estimates and ladders need so long to find their place. */
const settleMs = 20_000;

export interface LineResult {
  readonly name: string;
  readonly heard: SoundFigures | null;
  /** The student, by the teacher. */
  readonly heardOfThem: SoundFigures | null;
  readonly pictures: readonly PictureFigures[];
  readonly downKbps: number;
  readonly upKbps: number;
  readonly roundTripMs: number | null;
  readonly protocols: readonly string[];
  readonly step: string | null;
}

export async function measureLine({ teacher, student }: LineClass, { name, weather }: BadLine, seconds: number): Promise<LineResult> {
  student.line.set(weather);
  try {
    await wait(settleMs);
    const [before, there] = await Promise.all([student.read(), teacher.read()]);
    await wait(seconds * 1000);
    const [after, thereAfter] = await Promise.all([student.read(), teacher.read()]);
    const { down, up } = kbpsBetween(before, after);
    return {
      name,
      heard: soundBetween(before, after),
      heardOfThem: soundBetween(there, thereAfter),
      pictures: picturesBetween(before, after),
      downKbps: down,
      upKbps: up,
      roundTripMs: after.roundTripMs,
      protocols: after.protocols,
      step: student.steps.at(-1) ?? null,
    };
  } finally {
    student.line.set({});
  }
}
