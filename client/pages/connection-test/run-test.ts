// One run of the connection test, step by step, and how far it is.
import { Device } from 'mediasoup-client';
import type { TestBegun, TestResult, WayResult } from '../../../server/contract/connection-test.ts';
import { connectionTestRoutes } from '../../../server/contract/routes-connection-test.ts';
import { ApiError, api } from '../../app/api.ts';
import { capabilitiesFromWire } from '../../media/shapes.ts';
import { codecLacks, deviceState, earlyLacks, tryWebSocket } from './browser-state.ts';
import { pause, runLoop } from './loop.ts';
import { openTestSources, type TestSources } from './test-sources.ts';
import { openTestTransport, type TestOf } from './test-transport.ts';
import { speedDown, speedUp } from './transfer.ts';
import { tryWay } from './try-way.ts';
import { waysOf } from './ways.ts';

export const stages = ['begin', 'ways', 'loop', 'transfer'] as const;
export type Stage = (typeof stages)[number];

/** `busy`: begins again by itself at that time. */
export type Progress = { readonly stage: Stage } | { readonly stage: 'busy'; readonly untilMs: number };

export interface Finished {
  readonly result: TestResult;
  /** Null where the browser lacks what is needed to ask the server. */
  readonly begun: TestBegun | null;
}

const unmeasured = { downBps: null, upBps: null, lossDown: null, lossUp: null, roundTripMs: null, jitterMs: null } as const;

/** Rejects with ApiError when the server cannot be asked. To be called by the person's own click. */
export async function runTest(tell: (progress: Progress) => void, signal: AbortSignal): Promise<Finished> {
  const devices = { microphone: await deviceState('microphone'), camera: await deviceState('camera') };
  const early = earlyLacks();
  if (early.includes('secure-page') || early.includes('calls')) {
    return { begun: null, result: { ways: [], line: unmeasured, webSocket: !early.includes('websocket'), devices, lacks: early } };
  }
  const sources = openTestSources();
  try {
    tell({ stage: 'begin' });
    const begun = await begin(tell, signal);
    try {
      return { begun, result: { ...(await measure(begun, sources, tell, signal)), devices } };
    } finally {
      api(connectionTestRoutes.endConnectionTest, { params: { id: begun.id }, keepalive: true }).catch(() => undefined);
    }
  } finally {
    sources.close();
  }
}

async function begin(tell: (progress: Progress) => void, signal: AbortSignal): Promise<TestBegun> {
  while (true) {
    try {
      return await api(connectionTestRoutes.beginConnectionTest, { signal });
    } catch (error) {
      if (!(error instanceof ApiError) || error.details?.busy !== true) throw error;
      const retryAfterMs = Number(error.details.retryAfterMs);
      tell({ stage: 'busy', untilMs: Date.now() + retryAfterMs });
      await pause(retryAfterMs, signal);
      tell({ stage: 'begin' });
    }
  }
}

async function measure(
  begun: TestBegun,
  sources: TestSources,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Omit<TestResult, 'devices'>> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: capabilitiesFromWire(begun.rtpCapabilities) });
  const lacks = [...earlyLacks(), ...codecLacks(device)];
  tell({ stage: 'ways' });
  const test = { begun, device, signal };
  const [webSocket, ways] = await Promise.all([lacks.includes('websocket') ? false : tryWebSocket(), tryAll(test, sources)]);
  let line: TestResult['line'] = unmeasured;
  if (ways.some(({ state }) => state === 'works')) {
    tell({ stage: 'loop' });
    // A way that stood a moment ago and breaks now leaves its figures unknown.
    const figures = await runLoop(test, sources).catch(() => null);
    line = { ...line, ...figures };
  }
  signal.throwIfAborted();
  tell({ stage: 'transfer' });
  const downBps = await speedDown(begun, signal);
  return { ways, webSocket, lacks, line: { ...line, downBps, upBps: await speedUp(begun, signal) } };
}

/** The server's offer is known from a first transport, which is used for nothing else. */
async function tryAll(test: TestOf, sources: TestSources): Promise<WayResult[]> {
  const { transport, parameters } = await openTestTransport(test, 'send');
  transport.close();
  return Promise.all(waysOf(parameters.iceCandidates, test.begun.iceServers).map((way) => tryWay(test, way, sources.sound)));
}
