// The least that can be called a conference: one mediasoup router with HTTP control, no rooms, no people, nothing kept. The measure for the whole server.
import { createServer } from 'node:http';
import { createWorker, type types } from 'mediasoup';
import { z } from 'zod';

const worker = await createWorker({ logLevel: 'none' });
const router = await worker.createRouter({
  mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    {
      kind: 'video',
      mimeType: 'video/H264',
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
    },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ],
});
const webRtcServer = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
const transports = new Map<string, types.WebRtcTransport>();
const producers: types.Producer[] = [];

// Only the benchmark speaks to it.
const Id = z.object({ id: z.string() });
const Connect = Id.extend({ dtlsParameters: z.custom<types.DtlsParameters>() });
const Produce = Id.extend({ kind: z.enum(['audio', 'video']), rtpParameters: z.custom<types.RtpParameters>() });
const Consume = Id.extend({ index: z.number(), rtpCapabilities: z.custom<types.RtpCapabilities>() });

const transportOf = (id: string): types.WebRtcTransport => {
  const transport = transports.get(id);
  if (transport === undefined) throw new Error('There is no such transport.');
  return transport;
};

const answers: Record<string, (input: unknown) => Promise<object>> = {
  async transport() {
    const transport = await router.createWebRtcTransport({ webRtcServer });
    transports.set(transport.id, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    return { id, iceParameters, iceCandidates, dtlsParameters, rtpCapabilities: router.rtpCapabilities };
  },
  async connect(input) {
    const { id, dtlsParameters } = Connect.parse(input);
    await transportOf(id).connect({ dtlsParameters });
    return {};
  },
  async produce(input) {
    const { id, kind, rtpParameters } = Produce.parse(input);
    const producer = await transportOf(id).produce({ kind, rtpParameters });
    producers.push(producer);
    return { id: producer.id };
  },
  async consume(input) {
    const { id, index, rtpCapabilities } = Consume.parse(input);
    const consumer = await transportOf(id).consume({ producerId: producers[index]?.id ?? '', rtpCapabilities });
    return { id: consumer.id, rtpParameters: consumer.rtpParameters };
  },
};

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  try {
    const answer = await answers[request.url?.slice(1) ?? '']?.(JSON.parse(body || '{}'));
    response.end(JSON.stringify(answer));
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});
// A busy machine may leave a connection alone for longer than the five seconds that Node would wait.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.once('disconnect', () => {
  worker.close();
  process.exit(0);
});
