// The bare mediasoup app as a subject.
import { z } from 'zod';
import { type RtpCapabilities, RtpParameters, TransportParameters } from '../../../server/contract/media.ts';
import { type LoadPeer, remoteOf } from '../loadgen/generator.ts';
import type { Dress } from '../loadgen/tracks.ts';
import { clientCapabilities, transportCcOf } from './capabilities.ts';
import { type Cores, startNode, stopNode } from './child.ts';
import type { Subject } from './subject.ts';

const Opened = TransportParameters.extend({ rtpCapabilities: z.custom<RtpCapabilities>() });
const Id = z.object({ id: z.string() });
const Consumed = Id.extend({ rtpParameters: RtpParameters.pick({ headerExtensions: true }) });

export async function openBare(options: { readonly workers: number; readonly dress: Dress; readonly cores: Cores }): Promise<Subject> {
  const { child, pid, said } = await startNode(`${import.meta.dirname}/bare-app.ts`, { workers: options.workers }, options.cores);
  const { url } = z.object({ url: z.string() }).parse(said);
  const ask = async (what: string, input: object): Promise<unknown> => {
    const response = await fetch(`${url}/${what}`, { method: 'POST', body: JSON.stringify(input) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const open = async (room: number, peer: LoadPeer) => {
    const transport = Opened.parse(await ask('transport', { room }));
    const connected = ask('connect', { room, id: transport.id, dtlsParameters: peer.dtlsParameters });
    return { transport, up: Promise.all([connected, peer.connect(remoteOf(transport))]) };
  };
  return {
    name: 'bare mediasoup app',
    pid,
    async enter({ room, sends, sender, receiver }) {
      const own: string[] = [];
      if (sender !== null) {
        const { transport, up } = await open(room, sender);
        for (const { kind, rtpParameters, commands } of sends) {
          own.push(Id.parse(await ask('produce', { room, id: transport.id, kind, rtpParameters })).id);
          for (const command of commands) sender.send(command);
        }
        await up;
      }
      return {
        async receives(tracks) {
          if (receiver === null) return;
          const { transport, up } = await open(room, receiver);
          const rtpCapabilities = clientCapabilities(transport.rtpCapabilities, options.dress);
          const { ids } = z.object({ ids: z.array(z.string()) }).parse(await ask('producers', { room }));
          const others = ids.filter((id) => !own.includes(id)).slice(0, tracks);
          const consume = async (producerId: string) =>
            Consumed.parse(await ask('consume', { room, id: transport.id, producerId, rtpCapabilities }));
          const consumed = await Promise.all(others.map(consume));
          receiver.tellOfPackets(Math.max(...consumed.map(({ rtpParameters }) => transportCcOf(rtpParameters))));
          await up;
        },
      };
    },
    close: () => stopNode(child),
  };
}
