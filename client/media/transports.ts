// Opens a media transport in one direction and has its path tended.
import type { types } from 'mediasoup-client';
import type { TransportId } from '../../server/contract/ids.ts';
import type { IceParameters, TransportParameters } from '../../server/contract/media.ts';
import { type Outcome, offline } from '../session/outcome.ts';
import { ask, type Call } from './calls.ts';
import type { IceServers } from './shapes.ts';
import { type PathState, Tending } from './tending.ts';

/** Asked over a line that works, the server answers sooner. */
export const answersWithinMs = 3_000;

export interface GivenTransport {
  readonly parameters: TransportParameters;
  /** Whose fingerprint the server has been told; null: it is told when the transport connects. */
  readonly certificate: RTCCertificate | null;
}

/** What its owner hears of a transport. */
export interface TransportEvents {
  /** The transport cannot be saved: it must be opened anew. */
  readonly onBroken: () => void;
  /** The path was lost and is back. */
  readonly onBack: () => void;
  /** The path is lost, and the line to the server, though open, brings no answer either. */
  readonly onSilence: () => void;
  /** How its path stands; each change. */
  readonly onPath: (transportId: TransportId, state: PathState) => void;
}

export interface TransportOptions extends TransportEvents {
  readonly device: types.Device;
  readonly call: Call;
  readonly iceServers: IceServers;
  readonly direction: 'send' | 'receive';
  /** Already opened by the server with the answer to the join. */
  readonly given?: GivenTransport | undefined;
}

export interface TendedTransport {
  readonly id: TransportId;
  readonly transport: types.Transport;
  /** Looks for a new path with parameters that the server has given; what flows is not disturbed. */
  lookWith(ice: IceParameters): Promise<void>;
  close(): void;
}

export async function openTransport(options: TransportOptions): Promise<TendedTransport> {
  const { device, call, direction } = options;
  const { given } = options;
  const parameters = given?.parameters ?? (await ask(call, 'media:open', { direction }));
  const settings = {
    ...parameters,
    iceServers: options.iceServers.map((server) => ({ ...server })),
    ...(given?.certificate && { additionalSettings: { certificates: [given.certificate] } }),
  };
  const transport = direction === 'send' ? device.createSendTransport(settings) : device.createRecvTransport(settings);
  const transportId = parameters.id;

  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    // Where no address of the server fits any of its own, the browser says nothing but "new".
    options.onPath(transportId, 'connecting');
    if (given?.certificate) done();
    else ask(call, 'media:connect', { transportId, dtlsParameters }).then(() => done(), failed);
  });
  const tending = tend(transport, options, () => askNewIce(call, transport, transportId, options.onSilence));
  transport.on('connectionstatechange', (state) => options.onPath(transportId, state));
  return {
    id: transportId,
    transport,
    lookWith: (ice) => tending.lookWith(ice),
    close: () => {
      tending.close();
      transport.close();
      options.onPath(transportId, 'closed');
    },
  };
}

function tend(transport: types.Transport, events: TransportEvents, askNewIce: () => Promise<Outcome<IceParameters>>): Tending {
  const path = {
    state: () => transport.connectionState,
    askNewIce,
    restart: (iceParameters: IceParameters) => transport.restartIce({ iceParameters }),
    onBack: events.onBack,
    onBroken: () => {
      if (!transport.closed) events.onBroken();
    },
  };
  const tending = new Tending(path, {
    random: Math.random,
    later: (ms, action) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
  });
  transport.on('connectionstatechange', (state) => tending.changed(state));
  return tending;
}

async function askNewIce(
  call: Call,
  transport: types.Transport,
  transportId: TransportId,
  onSilence: () => void,
): Promise<Outcome<IceParameters>> {
  const asked = call('media:restart-ice', { transportId });
  const tooLate = new Promise<'too late'>((resolve) => setTimeout(resolve, answersWithinMs, 'too late'));
  const answer = await Promise.race([asked, tooLate]);
  if (answer === 'too late') {
    onSilence();
    return offline;
  }
  if (!answer.ok) return answer;
  const { iceParameters, iceServers } = answer.value;
  // The passwords for relays may have grown old since the transport was opened.
  if (iceServers && !transport.closed) await transport.updateIceServers({ iceServers }).catch(() => undefined);
  return { ok: true, value: iceParameters };
}
