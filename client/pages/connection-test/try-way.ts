// Tries one way to the media ports: works as soon as the encrypted connection over it stands.
import type { types } from 'mediasoup-client';
import type { WayResult } from '../../../server/contract/connection-test.ts';
import { openTestTransport, type TestOf } from './test-transport.ts';
import { narrowed, type Way } from './ways.ts';

/** Longer than a browser takes to set up TLS to a relay over a poor line. */
const patienceMs = 10_000;
/** RFC 8656: the relay does not know the password, or holds that too much is open. */
const refusals: ReadonlySet<number> = new Set([401, 403, 438, 441, 486]);

export async function tryWay(test: TestOf, way: Way, sound: MediaStreamTrack): Promise<WayResult> {
  const began = performance.now();
  try {
    const { transport } = await openTestTransport(test, 'send', (parameters) =>
      narrowed(way, parameters.iceCandidates, test.begun.iceServers),
    );
    const outcome = watch(transport, way.relay !== null);
    // Nobody takes the packets: that the way stands is all that is asked.
    transport.on('produce', (_track, done) => done({ id: crypto.randomUUID() }));
    transport.produce({ track: sound.clone() }).catch(() => undefined);
    const state = await outcome;
    transport.close();
    return { ...way, state, ms: state === 'works' ? Math.round(performance.now() - began) : null };
  } catch {
    return { ...way, state: 'fails', ms: null };
  }
}

function watch(transport: types.Transport, isRelay: boolean): Promise<WayResult['state']> {
  return new Promise((resolve) => {
    let isRefused = false;
    const end = (state: WayResult['state']) => {
      clearTimeout(timer);
      resolve(state);
    };
    const timer = setTimeout(() => end(isRefused ? 'refused' : 'fails'), patienceMs);
    transport.on('icecandidateerror', ({ errorCode }) => {
      isRefused ||= isRelay && refusals.has(errorCode);
    });
    transport.on('icegatheringstatechange', (state) => {
      // A relay that gives no address of its own leads nowhere; where it does, the connection is under way by now.
      if (isRelay && state === 'complete' && transport.connectionState === 'new') end(isRefused ? 'refused' : 'fails');
    });
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') end('works');
      else if (state === 'failed' || state === 'closed') end(isRefused ? 'refused' : 'fails');
    });
  });
}
