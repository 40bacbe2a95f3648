// A long class in real time: whether sound and picture still belong together at its end, and what the recorder's memory has become.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rtpClip } from '../../../server/recording/capture/testing/rtp-source.ts';
import { readEvents } from '../../../server/recording/format/format.ts';
import { beepsIn, differences, flashesIn, median } from '../../media/recorded-signals.ts';
import { type Measured, measure } from './parts.ts';

/** Picture and sound begin with each second, for a tenth of it. */
const seconds = 10;
const flashes = `color=c=black:s=320x240:r=25:d=${seconds},drawbox=c=white:t=fill:enable='lt(mod(t,1),0.1)'`;
const beeps = `aevalsrc=exprs='0.5*sin(6283*t)*lt(mod(t,1),0.1)':s=48000:d=${seconds}`;
const compared = 60;

export interface Soak {
  readonly measured: Measured;
  /** By how much the beep is late, in milliseconds: in the first minute, and in the last. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly pairs: number;
}

export async function soak(minutes: number): Promise<Soak> {
  const camera = {
    codec: 'h264',
    packets: await rtpClip({ codec: 'h264', seconds, source: flashes, keyEverySeconds: 1 }),
    seconds,
  } as const;
  const microphone = { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds, source: beeps }), seconds } as const;
  const root = await mkdtemp(join(tmpdir(), 'auditoria-bench-soak-'));
  try {
    const measured = await measure({ classes: 1, people: 1, camera, microphone, root, seconds: minutes * 60 });
    const folder = join(root, 'recording-0');
    const events = readEvents(await readFile(join(folder, 'events.jsonl'), 'utf8'));
    const parts = events.flatMap((event) => (event.type === 'part' ? [event] : []));
    const seen: number[] = [];
    const heard: number[] = [];
    for (const { file, startMs, width } of parts) {
      if (width === undefined) heard.push(...(await beepsIn(join(folder, file), startMs)));
      else seen.push(...(await flashesIn(join(folder, file))));
    }
    const late = differences(seen, heard);
    return { measured, firstMs: median(late.slice(0, compared)), lastMs: median(late.slice(-compared)), pairs: late.length };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
