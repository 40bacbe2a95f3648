// What files made of a recording cost: CPU time against the length of the class.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lowFfmpeg } from '../../../server/recording/exports/ffmpeg.ts';
import { make } from '../../../server/recording/exports/make.ts';
import { ExportWorld } from '../../../server/recording/exports/testing/export-world.ts';
import { readEvents } from '../../../server/recording/format/format.ts';
import { wait } from './parts.ts';
import { endedChildrenSeconds } from './proc.ts';
import { type Clip, Studio } from './studio.ts';

export interface Filming {
  readonly lengthSeconds: number;
  /** CPU seconds for each second of class; missing: it could not be made. */
  readonly costs: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, string>>;
}

const settleMs = 3 * 60_000;

export async function filming(of: { readonly seconds: number; readonly camera: Clip; readonly microphone: Clip }): Promise<Filming> {
  const world = await ExportWorld.open();
  try {
    const studio = await Studio.open({ ...of, classes: 1, people: 2, root: world.root });
    try {
      await wait(of.seconds * 1000);
    } finally {
      await studio.close();
    }
    const name = 'recording-0';
    const events = readEvents(await readFile(join(world.root, name, 'events.jsonl'), 'utf8'));
    const lengthSeconds = Math.max(0, ...events.map((event) => (event.type === 'part-end' ? event.endMs : 0))) / 1000;
    await world.add(name);
    const costs: Record<string, number> = {};
    const ffmpeg = lowFfmpeg();
    const { files, playback, workRoot } = world;
    const { queue, exports } = world.server({
      async maker(task) {
        const [before, own] = [endedChildrenSeconds(), process.cpuUsage()];
        const made = await make(
          { files, playback, ffmpeg, workRoot, chaptersOf: async () => [], insightOf: (recording) => exports.insightOf(recording) },
          task,
        );
        const { user, system } = process.cpuUsage(own);
        costs[task.job.kind] = (endedChildrenSeconds() - before + (user + system) / 1e6) / lengthSeconds;
        return made;
      },
    });
    await queue.start();
    await exports.catchUp();
    world.clock.move(settleMs);
    await queue.idle();
    await queue.close();
    return { lengthSeconds, costs, states: await world.states(name) };
  } finally {
    await world.close();
  }
}
