// Cuts the student's line again and again, and measures how long after its mending sound comes again, both ways.
import { setTimeout as wait } from 'node:timers/promises';
import type { Line } from '../../support/net/line.ts';
import type { Cut } from './cases.ts';
import { heardAgainAfter, missing } from './figures.ts';
import type { LineClass } from './line-class.ts';

/** Whatever is not back by then is counted as not back. */
const watchMs = 20_000;
const betweenMs = 4_000;

export interface CutResult {
  readonly name: string;
  readonly forMs: number;
  /** After the mending, by each cut; null when nothing came within 20 s. */
  readonly hearsAgainMs: readonly (number | null)[];
  readonly heardAgainMs: readonly (number | null)[];
  /** Of the sound to the student, from the cut to the end of the watch: 0 for a cut that sound outlives. */
  readonly missingMs: readonly number[];
  /** Over which each of the page's connections went afterwards. */
  readonly protocols: readonly string[];
  /** Media connections that the page made anew. */
  readonly newConnections: number;
}

export async function measureCut(lesson: LineClass, { name, kind, forMs }: Cut, times: number): Promise<CutResult> {
  const { student, teacher } = lesson;
  const known = await student.visitor.connections();
  const hearsAgainMs: (number | null)[] = [];
  const heardAgainMs: (number | null)[] = [];
  const missingMs: number[] = [];
  const lines = kind === 'moved' ? [student.line, await lesson.secondLine()] : [student.line];
  for (const line of lines) line.set({ delayMs: 15 });
  if (kind === 'moved') lines[1]?.unplug();
  await wait(betweenMs);
  for (let time = 0; time < times; time += 1) {
    await Promise.all([student.logSound(), teacher.logSound()]);
    await Promise.all([student.soundLog(), teacher.soundLog()]);
    const cutAt = Date.now();
    const [from, to] = time % 2 === 0 ? lines : lines.toReversed();
    begin(kind, from ?? student.line, to);
    await wait(forMs);
    const mendedAt = Date.now();
    end(kind, student.line);
    await wait(watchMs);
    const [there, here] = await Promise.all([student.soundLog(), teacher.soundLog()]);
    hearsAgainMs.push(heardAgainAfter(there, cutAt, mendedAt));
    heardAgainMs.push(heardAgainAfter(here, cutAt, mendedAt));
    missingMs.push(missing(there, cutAt));
    await wait(betweenMs);
  }
  student.line.plug();
  student.line.set({});
  if (kind === 'moved') lines[1]?.unplug();
  await wait(betweenMs);
  const { protocols } = await student.read();
  const newConnections = (await student.visitor.connections()) - known;
  return { name, forMs, hearsAgainMs, heardAgainMs, missingMs, protocols, newConnections };
}

function begin(kind: Cut['kind'], line: Line, other: Line | undefined): void {
  switch (kind) {
    case 'silent':
      return line.cut();
    case 'unplugged':
      return line.unplug();
    case 'socket':
      return line.cut('tcp');
    case 'moved':
      line.unplug();
      other?.plug();
  }
}

function end(kind: Cut['kind'], line: Line): void {
  if (kind === 'unplugged') line.plug();
  else if (kind !== 'moved') line.mend();
}
