// Which way through the network sound and picture took, as one word. Pure.
import type { Step } from '../../../server/contract/diagnosis.ts';

/** The more roundabout, the later. */
export const ways = ['udp', 'tcp', 'relay', 'relayTcp'] as const;
export type WayId = (typeof ways)[number];

/** The browser knows of a relay, the server of the protocol it is spoken to by. Null: nobody knows. */
export function wayOf({ way: { protocol, client } }: Pick<Step, 'way'>): WayId | null {
  if (client?.candidate === 'relay') return client.protocol === 'udp' ? 'relay' : 'relayTcp';
  const spoken = protocol ?? client?.protocol ?? null;
  if (spoken === null) return null;
  return spoken === 'udp' ? 'udp' : 'tcp';
}
