// Opens media transports for a connection test, over all ways or over one alone.
import type { types } from 'mediasoup-client';
import type { TestBegun } from '../../../server/contract/connection-test.ts';
import type { TransportParameters } from '../../../server/contract/media.ts';
import { connectionTestRoutes } from '../../../server/contract/routes-connection-test.ts';
import { api } from '../../app/api.ts';
import type { Narrowed } from './ways.ts';

export interface TestOf {
  readonly begun: TestBegun;
  readonly device: types.Device;
  readonly signal: AbortSignal;
}

export interface TestTransport {
  readonly transport: types.Transport;
  readonly parameters: TransportParameters;
}

/** `narrow` says what of the server's offer is used; missing: all, as in a class. */
export async function openTestTransport(
  { begun, device, signal }: TestOf,
  direction: 'send' | 'receive',
  narrow?: (parameters: TransportParameters) => Narrowed,
): Promise<TestTransport> {
  const parameters = await api(connectionTestRoutes.openTestTransport, { params: { id: begun.id }, body: { direction }, signal });
  const all = { iceCandidates: parameters.iceCandidates, iceServers: begun.iceServers, iceTransportPolicy: 'all' as const };
  const settings = { ...parameters, ...(narrow?.(parameters) ?? all) };
  const transport = direction === 'send' ? device.createSendTransport(settings) : device.createRecvTransport(settings);
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    const params = { id: begun.id, transportId: parameters.id };
    api(connectionTestRoutes.connectTestTransport, { params, body: { dtlsParameters }, signal }).then(() => done(), failed);
  });
  signal.addEventListener('abort', () => transport.close());
  return { transport, parameters };
}
