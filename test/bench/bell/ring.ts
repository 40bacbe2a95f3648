// The bell on one server: classes that run already, then so many people into so many rooms within a minute.
import { type GroupReport, LoadGenerator } from '../loadgen/generator.ts';
import { camera, microphone, type TrackPlan } from '../loadgen/tracks.ts';
import { cpuOf, quiet } from '../subjects/cpu.ts';
import type { Subject } from '../subjects/subject.ts';
import { wait } from '../table/figures.ts';

export interface Bell {
  /** That fill at the bell, each with a teacher. */
  readonly rooms: number;
  readonly perRoom: number;
  readonly seconds: number;
  /** Rooms before these, in which a teacher is heard and seen by so many. */
  readonly running: number;
  readonly listeners: number;
  /** Of the picture in them. */
  readonly kbps: number;
}

export interface Rung {
  /** Ms of each who came in, from the click to sound and picture that can flow. */
  readonly joinMs: readonly number[];
  readonly failures: readonly string[];
  /** CPU ms for each who came in, without what the running rooms cost all the time. */
  readonly nodeMs: number;
  readonly workerMs: number;
  /** Of the rooms that ran already. */
  readonly live: GroupReport;
}

/** Batches, acknowledgements and key-frame requests that come after the last join still belong to it. */
const afterwardsMs = 2000;
const baselineMs = 5000;
const runningGroup = 'running';

export const peopleOf = ({ rooms, perRoom }: Bell): number => rooms * perRoom;

/** Published, and nothing is sent: what is measured is joining. */
const silent = (plan: TrackPlan): TrackPlan => ({ ...plan, commands: [] });

const teaches = (room: number, kbps: number): TrackPlan[] => [
  microphone(1000 + room * 20, 'browser'),
  camera(1010 + room * 20, 'browser', 'VP8', [kbps]),
];

export async function ringBell(subject: Subject, bell: Bell): Promise<Rung> {
  const generator = await LoadGenerator.open(null);
  try {
    await quiet(subject.pid);
    for (let room = 0; room < bell.running; room += 1) await fillRunning(subject, generator, room, bell);
    await wait(3000);
    const idle = cpuOf(subject.pid);
    await wait(baselineMs);

    await generator.measure();
    const before = cpuOf(subject.pid);
    const begun = performance.now();
    const { joinMs, failures } = await people(subject, generator, bell);
    await wait(afterwardsMs);
    const after = cpuOf(subject.pid);
    const idleShare = (performance.now() - begun) / baselineMs;
    const live = (await generator.report()).get(runningGroup);
    if (live === undefined) throw new Error('There was no room that ran already.');
    const spent = (of: 'ownMs' | 'belowMs') => (after[of] - before[of] - (before[of] - idle[of]) * idleShare) / peopleOf(bell);
    return { joinMs, failures, nodeMs: spent('ownMs'), workerMs: spent('belowMs'), live };
  } finally {
    await generator.close();
  }
}

async function fillRunning(subject: Subject, generator: LoadGenerator, room: number, { listeners, kbps }: Bell): Promise<void> {
  const teacher = { room, seat: 0, sends: teaches(room, kbps), sender: generator.peer(runningGroup), receiver: null };
  await subject.enter(teacher);
  for (let seat = 1; seat <= listeners; seat += 1) {
    const listener = await subject.enter({ room, seat, sends: [], sender: null, receiver: generator.peer(runningGroup) });
    await listener.receives(2);
  }
}

/** Teachers come first; students as they come, the same at each run. */
async function people(subject: Subject, generator: LoadGenerator, bell: Bell): Promise<Pick<Rung, 'joinMs' | 'failures'>> {
  const rooms = Array.from({ length: bell.rooms }, (_, index) => bell.running + index);
  const students = rooms.flatMap((room) => Array.from({ length: bell.perRoom - 1 }, (_, index) => ({ room, seat: index + 1 })));
  const all = [...rooms.map((room) => ({ room, seat: 0 })), ...shuffled(students)];
  const joinMs: number[] = [];
  const failures: string[] = [];
  const gapMs = (bell.seconds * 1000) / all.length;
  const comeIn = async ({ room, seat }: { readonly room: number; readonly seat: number }, index: number): Promise<void> => {
    await wait(index * gapMs);
    const began = performance.now();
    try {
      const isTeacher = seat === 0;
      const sends = isTeacher ? teaches(room, bell.kbps).map(silent) : [];
      const [sender, receiver] = isTeacher ? [generator.peer('bell'), null] : [null, generator.peer('bell')];
      const attendee = await subject.enter({ room, seat, sends, sender, receiver });
      if (!isTeacher) await attendee.receives(2);
      joinMs.push(performance.now() - began);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };
  await Promise.all(all.map(comeIn));
  return { joinMs, failures };
}

/** By a small generator of its own (Lehmer), so that every run has the same order. */
function shuffled<T>(values: readonly T[]): T[] {
  let seed = 20_260_907;
  const keyed = values.map((value) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return { value, key: seed };
  });
  return keyed.toSorted((a, b) => a.key - b.key).map(({ value }) => value);
}

/** Packets that are missing, and streams that fell silent. */
export const lostLive = ({ expected, received, silentStreams }: GroupReport): number => expected - received + silentStreams;
