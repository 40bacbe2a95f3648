// One run of one class on one server: fills the room, lets it settle, and divides CPU time by what was delivered.
import { type GroupReport, LoadGenerator } from '../loadgen/generator.ts';
import type { Cores } from '../subjects/child.ts';
import { cpuOf, quiet, totalMs } from '../subjects/cpu.ts';
import type { Attendee, Subject } from '../subjects/subject.ts';
import { sum, wait } from '../table/figures.ts';
import type { Case } from './cases.ts';

export interface Steady {
  /** CPU microseconds of all processes of the server for each RTP packet that arrived at a subscriber. */
  readonly perPacketUs: number;
  readonly nodeShare: number;
  /** Of one core. */
  readonly load: number;
  readonly report: GroupReport;
}

/** So many come in at once. */
const atATime = 4;

export async function measureSteady(
  open: () => Promise<Subject>,
  of: Case,
  { seconds, settleSeconds, generatorCores }: { readonly seconds: number; readonly settleSeconds: number; readonly generatorCores: Cores },
): Promise<Steady> {
  const generator = await LoadGenerator.open(generatorCores);
  const subject = await open();
  try {
    await quiet(subject.pid);
    await fill(subject, of, generator);
    await wait(settleSeconds * 1000);
    await generator.measure();
    const before = cpuOf(subject.pid);
    await wait(seconds * 1000);
    const after = cpuOf(subject.pid);
    const report = (await generator.report()).get('class');
    if (report === undefined || report.received === 0) throw new Error(`${subject.name} delivered nothing.`);
    const ms = totalMs(after) - totalMs(before);
    return {
      perPacketUs: (ms * 1000) / report.received,
      nodeShare: (after.ownMs - before.ownMs) / ms,
      load: ms / (report.seconds * 1000),
      report,
    };
  } finally {
    await subject.close();
    await generator.close();
  }
}

async function fill(subject: Subject, of: Case, generator: LoadGenerator): Promise<void> {
  const enter = async (seat: number): Promise<{ readonly seat: number; readonly attendee: Attendee }> => {
    const sends = of.sends(seat);
    const sender = sends.length > 0 ? generator.peer('class') : null;
    const receiver = of.receives(seat) > 0 ? generator.peer('class') : null;
    return { seat, attendee: await subject.enter({ room: 0, seat, sends, sender, receiver }) };
  };
  // The teacher first: without one a class is not supervised.
  const first = await enter(0);
  const entered = [first];
  for (let seat = 1; seat < of.people; seat += atATime) {
    const some = Array.from({ length: Math.min(atATime, of.people - seat) }, (_, index) => enter(seat + index));
    entered.push(...(await Promise.all(some)));
  }
  for (let at = 0; at < entered.length; at += atATime)
    await Promise.all(entered.slice(at, at + atATime).map(({ seat, attendee }) => attendee.receives(of.receives(seat))));
}

/** Streams that should be there and from which nothing came, and packets that are missing. */
export function lostOf(of: Case, { streams, silentStreams, expected, received }: GroupReport): number {
  const wanted = sum(Array.from({ length: of.people }, (_, seat) => of.receives(seat)));
  return wanted - (streams - silentStreams) + expected - received;
}
