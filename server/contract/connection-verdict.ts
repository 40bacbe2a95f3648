// What the result of a connection test means for classes, the same for the page that shows it and for the report that is kept.
import type { TestResult, Verdict } from './connection-test.ts';

/** What holds a line back, worst first; each has words with a next step. */
export type Hindrance =
  | 'insecure'
  | 'browser'
  | 'blocked'
  | 'slow'
  | 'loss'
  | 'delay'
  | 'slow-down'
  | 'slow-up'
  | 'unsteady'
  | 'no-udp'
  | 'only-relay'
  | 'no-websocket'
  | 'no-picture';

export interface Judgement {
  readonly verdict: Verdict;
  readonly hindrances: readonly Hindrance[];
}

/** Sound and still slides need 64 kbit/s; a teacher's camera with a screen about 700, an own camera 300. */
const least = { sound: 64_000, down: 700_000, up: 300_000 } as const;
/** Above the first pictures suffer, above the second words do. */
const bad = { loss: [0.08, 0.3], roundTripMs: [500, 2_000], jitterMs: [80, Number.POSITIVE_INFINITY] } as const;

/** U11: what could not be measured is not held against the line. */
export function judge({ ways, line, webSocket, lacks }: TestResult): Judgement {
  const open = ways.filter(({ state }) => state === 'works');
  const loss = Math.max(line.lossDown ?? 0, line.lossUp ?? 0);
  const slowest = Math.min(line.downBps ?? Number.POSITIVE_INFINITY, line.upBps ?? Number.POSITIVE_INFINITY);
  const deadly: (Hindrance | false)[] = [
    lacks.includes('secure-page') && 'insecure',
    (lacks.includes('calls') || lacks.includes('sound-codec')) && 'browser',
    open.length === 0 && ways.length > 0 && 'blocked',
    slowest < least.sound && 'slow',
    loss > bad.loss[1] && 'loss',
    (line.roundTripMs ?? 0) > bad.roundTripMs[1] && 'delay',
  ];
  const dimming: (Hindrance | false)[] = [
    lacks.includes('picture-codec') && 'no-picture',
    (line.downBps ?? Number.POSITIVE_INFINITY) < least.down && 'slow-down',
    (line.upBps ?? Number.POSITIVE_INFINITY) < least.up && 'slow-up',
    loss > bad.loss[0] && 'loss',
    (line.roundTripMs ?? 0) > bad.roundTripMs[0] && 'delay',
    (line.jitterMs ?? 0) > bad.jitterMs[0] && 'unsteady',
  ];
  const udp = open.some(({ kind }) => kind === 'udp' || kind === 'udp-ipv6');
  const direct = open.some(({ relay }) => relay === null);
  const worthKnowing: (Hindrance | false)[] = [
    open.length > 0 && direct && !udp && 'no-udp',
    open.length > 0 && !direct && 'only-relay',
    !webSocket && !lacks.includes('websocket') && 'no-websocket',
  ];
  const isSo = (hindrance: Hindrance | false): hindrance is Hindrance => hindrance !== false;
  const verdict = deadly.some(isSo) ? 'none' : dimming.some(isSo) ? 'sound' : 'video';
  const all = [...deadly, ...(verdict === 'none' && deadly.slice(0, 3).some(isSo) ? [] : [...dimming, ...worthKnowing])].filter(isSo);
  return { verdict, hindrances: [...new Set(all)] };
}
