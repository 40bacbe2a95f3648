// What the browser's statistics (W3C, Identifiers for WebRTC's Statistics API) say about the line of a loop.
import { z } from 'zod';
import type { LineResult } from '../../../server/contract/connection-test.ts';

export type LoopFigures = Pick<LineResult, 'lossDown' | 'lossUp' | 'roundTripMs' | 'jitterMs'>;

const Stat = z.object({
  type: z.string(),
  kind: z.string().optional(),
  nominated: z.boolean().optional(),
  state: z.string().optional(),
  packetsSent: z.number().optional(),
  packetsReceived: z.number().optional(),
  packetsLost: z.number().optional(),
  jitter: z.number().optional(),
  currentRoundTripTime: z.number().optional(),
  roundTripTime: z.number().optional(),
});
type Stat = z.infer<typeof Stat>;

/** U10: what was lost on the way there is missing on the way back too, and is not counted twice. */
export function lineOf(sent: readonly unknown[], received: readonly unknown[]): LoopFigures {
  const there = read(sent);
  const back = read(received);
  const reported = there.filter(({ type }) => type === 'remote-inbound-rtp');
  const outbound = there.filter(({ type }) => type === 'outbound-rtp');
  const inbound = back.filter(({ type }) => type === 'inbound-rtp');
  const lostThere = sum(reported, 'packetsLost');
  const lostBack = Math.max(0, sum(inbound, 'packetsLost') - lostThere);
  const got = sum(inbound, 'packetsReceived');
  const pair = [...there, ...back].find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
  const roundTrip = pair?.currentRoundTripTime ?? reported.find(({ roundTripTime }) => roundTripTime !== undefined)?.roundTripTime;
  const jitter = inbound.find(({ kind }) => kind === 'audio')?.jitter;
  return {
    lossUp: reported.length === 0 ? null : shareOf(lostThere, sum(outbound, 'packetsSent')),
    lossDown: got === 0 ? null : shareOf(lostBack, got + lostBack),
    roundTripMs: roundTrip === undefined ? null : Math.round(roundTrip * 1000),
    jitterMs: jitter === undefined ? null : Math.round(jitter * 1000),
  };
}

function read(stats: readonly unknown[]): Stat[] {
  return stats.flatMap((stat) => Stat.safeParse(stat).data ?? []);
}

function sum(stats: readonly Stat[], figure: 'packetsLost' | 'packetsSent' | 'packetsReceived'): number {
  return stats.reduce((total, stat) => total + (stat[figure] ?? 0), 0);
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.min(1, Math.max(0, part / whole));
}
