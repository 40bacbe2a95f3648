// Opens a media transport in one direction and keeps it alive: restarts ICE when the path breaks, says so when that does not help.
import type { types } from 'mediasoup-client';
import type { TransportId } from '../../server/contract/ids.ts';
import type { TransportParameters } from '../../server/contract/media.ts';
import { ask, type Call } from './calls.ts';
import type { IceServers } from './shapes.ts';

/** A short break heals by itself; after this a new path is looked for. */
const patienceMs = 2_500;
/** A new path that is not found by then never will be. */
const restartWithinMs = 8_000;

export interface GivenTransport {
  readonly parameters: TransportParameters;
  /** Whose fingerprint the server has been told; null: it is told when the transport connects. */
  readonly certificate: RTCCertificate | null;
}

export interface TransportOptions {
  readonly device: types.Device;
  readonly call: Call;
  readonly iceServers: IceServers;
  readonly direction: 'send' | 'receive';
  /** Already opened by the server with the answer to the join. */
  readonly given?: GivenTransport | undefined;
  /** The transport cannot be saved: it must be opened anew. */
  readonly onBroken: () => void;
}

export interface TendedTransport {
  readonly id: TransportId;
  readonly transport: types.Transport;
  /** The network may have changed: look for a new path now. */
  restart(): void;
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
    if (given?.certificate) done();
    else ask(call, 'media:connect', { transportId, dtlsParameters }).then(() => done(), failed);
  });
  const tended = tend(transport, options.onBroken, async () => (await ask(call, 'media:restart-ice', { transportId })).iceParameters);
  return { id: transportId, transport, ...tended };
}

type Tending = Pick<TendedTransport, 'restart' | 'close'>;

function tend(transport: types.Transport, onBroken: () => void, newIce: () => Promise<types.IceParameters>): Tending {
  let patience: ReturnType<typeof setTimeout> | undefined;
  let restarting = false;

  const restart = async () => {
    if (restarting || transport.closed) return;
    restarting = true;
    try {
      await transport.restartIce({ iceParameters: await newIce() });
      patience = setTimeout(() => {
        restarting = false;
        if (!transport.closed && isLost(transport)) onBroken();
      }, restartWithinMs);
    } catch {
      // Refused or unreachable: whoever owns the transport decides when to begin anew.
      restarting = false;
      if (!transport.closed) onBroken();
    }
  };

  transport.on('connectionstatechange', (state) => {
    if (state === 'connected') {
      clearTimeout(patience);
      restarting = false;
    } else if (state === 'failed') {
      void restart();
    } else if (state === 'disconnected') {
      clearTimeout(patience);
      patience = setTimeout(() => isLost(transport) && void restart(), patienceMs);
    }
  });

  return {
    restart: () => {
      // Nothing has been sent over it yet: there is no path to renew.
      if (transport.connectionState !== 'new') void restart();
    },
    close: () => {
      clearTimeout(patience);
      transport.close();
    },
  };
}

function isLost(transport: types.Transport): boolean {
  return transport.connectionState === 'failed' || transport.connectionState === 'disconnected';
}
