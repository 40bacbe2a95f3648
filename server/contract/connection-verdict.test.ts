// From figures to a verdict: which lines carry pictures, which only sound, which nothing, and what is said of them.
import { expect, test } from 'vitest';
import type { TestResult, WayResult } from './connection-test.ts';
import { judge } from './connection-verdict.ts';

const way = (kind: WayResult['kind'], state: WayResult['state'] = 'works'): WayResult => ({
  ...{ kind, state, ms: 100 },
  relay: kind.startsWith('relay') ? 'turn:relay.test' : null,
});
const good: TestResult = {
  ways: [way('udp'), way('tcp')],
  line: { downBps: 4_000_000, upBps: 2_000_000, lossDown: 0, lossUp: 0.01, roundTripMs: 40, jitterMs: 5 },
  webSocket: true,
  devices: { microphone: 'unasked', camera: 'unasked' },
  lacks: [],
};
const unknown = { downBps: null, upBps: null, lossDown: null, lossUp: null, roundTripMs: null, jitterMs: null };

test.each<[string, Partial<TestResult>, string, string[]]>([
  ['a good line is good for pictures', {}, 'video', []],
  ['what was not measured is not held against it', { line: unknown }, 'video', []],
  ['a browser that cannot share its screen is no hindrance', { lacks: ['screen'] }, 'video', []],
  ['without UDP it works, and that is said', { ways: [way('udp', 'fails'), way('tcp')] }, 'video', ['no-udp']],
  ['over a relay only, likewise', { ways: [way('udp', 'fails'), way('tcp', 'fails'), way('relay-tls')] }, 'video', ['only-relay']],
  ['IPv6 alone is a direct way', { ways: [way('udp', 'fails'), way('udp-ipv6')] }, 'video', []],
  [
    'a narrow line carries sound and slides',
    { line: { ...good.line, downBps: 300_000, upBps: 100_000 } },
    'sound',
    ['slow-down', 'slow-up'],
  ],
  ['loss spoils pictures first', { line: { ...good.line, lossUp: 0.12 } }, 'sound', ['loss']],
  ['then words', { line: { ...good.line, lossDown: 0.4 } }, 'none', ['loss']],
  ['a satellite is good for listening', { line: { ...good.line, roundTripMs: 700 } }, 'sound', ['delay']],
  ['an unsteady line too', { line: { ...good.line, jitterMs: 120 } }, 'sound', ['unsteady']],
  ['under 64 kbit/s there are no classes', { line: { ...good.line, upBps: 20_000 } }, 'none', ['slow', 'slow-up']],
  [
    'where all ways fail, only that is said',
    { ways: [way('udp', 'fails'), way('relay-udp', 'refused')], line: unknown },
    'none',
    ['blocked'],
  ],
  ['a page without HTTPS never gets so far', { ways: [], lacks: ['secure-page'], webSocket: false }, 'none', ['insecure']],
  ['nor does a browser without calls', { ways: [], lacks: ['calls'] }, 'none', ['browser']],
  ['messages go a slower way without WebSocket', { webSocket: false }, 'video', ['no-websocket']],
])('U11 %s', (_name, change, verdict, hindrances) => {
  expect(judge({ ...good, ...change })).toEqual({ verdict, hindrances });
});
