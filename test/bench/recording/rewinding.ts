// Students who look back beside a live class: what they get, and what it costs the class.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { type Measured, measure, wait } from './parts.ts';
import { cpuSeconds } from './proc.ts';
import type { Clip } from './studio.ts';

const Started = z.object({ url: z.string(), root: z.string(), tokens: z.array(z.string()) });
const Done = z.object({
  ...{ requests: z.number(), megabits: z.number(), p50Ms: z.number(), p95Ms: z.number(), stalledShare: z.number() },
  refused: z.record(z.string(), z.number()),
});

export interface Rewinding {
  readonly rewinders: number;
  readonly live: Measured;
  readonly got: z.infer<typeof Done>;
  /** Of cores. */
  readonly serverCores: number;
  readonly serverMsPerRequest: number;
}

const start = (file: string, argument: string): ChildProcess =>
  fork(join(import.meta.dirname, file), [argument], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

async function said(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('A process of the measurement ended')));
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

export async function rewinding(of: {
  readonly rewinders: number;
  readonly seconds: number;
  readonly camera: Clip;
  readonly microphone: Clip;
}): Promise<Rewinding> {
  const { rewinders, seconds } = of;
  const server = start('rewind-server.ts', String(rewinders));
  try {
    const { url, root, tokens } = Started.parse(await said(server));
    let got: z.infer<typeof Done> | undefined;
    let [used, lasted] = [0, 0];
    // Something to look back at comes first.
    const aheadMs = 20_000;
    const live = await measure({ ...of, classes: 1, people: 3, root, seconds: seconds + aheadMs / 1000 + 2 }, async () => {
      await wait(aheadMs);
      server.send({ end: true });
      await said(server);
      const [began, before] = [performance.now(), cpuSeconds(server.pid ?? 0)];
      got = Done.parse(await said(start('rewinders.ts', JSON.stringify({ url, recordingId: 'recording-0', tokens, seconds }))));
      [used, lasted] = [cpuSeconds(server.pid ?? 0) - before, (performance.now() - began) / 1000];
    });
    if (got === undefined) throw new Error('Nobody looked back');
    return { rewinders, live, got, serverCores: used / lasted, serverMsPerRequest: (used * 1000) / got.requests };
  } finally {
    const ended = once(server, 'exit');
    server.disconnect();
    await ended;
  }
}
