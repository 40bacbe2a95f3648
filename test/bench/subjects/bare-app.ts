// The least that can be called a conference server: mediasoup routers with HTTP control, no people, nothing kept. The measure for the whole server.
import { createServer } from 'node:http';
import { createWorker, type types } from 'mediasoup';
import { z } from 'zod';

const { workers: count } = z.object({ workers: z.number() }).parse(JSON.parse(process.argv[2] ?? '{}'));

const mediaCodecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];
// As the whole server has it; with the system's own size a burst would be lost, and lost packets cost nothing.
const buffers = { sendBufferSize: 4_000_000, recvBufferSize: 4_000_000 };

const workers = await Promise.all(
  Array.from({ length: count }, async () => {
    const worker = await createWorker({ logLevel: 'none' });
    return { worker, server: await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1', ...buffers }] }) };
  }),
);

interface Room {
  readonly router: types.Router;
  readonly server: types.WebRtcServer;
  readonly producers: types.Producer[];
}
const rooms = new Map<number, Promise<Room>>();
const transports = new Map<string, types.WebRtcTransport>();

async function openRoom(number: number): Promise<Room> {
  const place = workers[number % workers.length];
  if (place === undefined) throw new Error('There is no worker.');
  return { router: await place.worker.createRouter({ mediaCodecs }), server: place.server, producers: [] };
}

function roomOf(number: number): Promise<Room> {
  const room = rooms.get(number) ?? openRoom(number);
  rooms.set(number, room);
  return room;
}

// Only the benchmark speaks to it.
const InRoom = z.object({ room: z.number() });
const Id = InRoom.extend({ id: z.string() });
const Connect = Id.extend({ dtlsParameters: z.custom<types.DtlsParameters>() });
const Produce = Id.extend({ kind: z.enum(['audio', 'video']), rtpParameters: z.custom<types.RtpParameters>() });
const Consume = Id.extend({ producerId: z.string(), rtpCapabilities: z.custom<types.RtpCapabilities>() });

const transportOf = (id: string): types.WebRtcTransport => {
  const transport = transports.get(id);
  if (transport === undefined) throw new Error('There is no such transport.');
  return transport;
};

const answers: Record<string, (input: unknown) => Promise<object>> = {
  async transport(input) {
    const { router, server } = await roomOf(InRoom.parse(input).room);
    const transport = await router.createWebRtcTransport({ webRtcServer: server, initialAvailableOutgoingBitrate: 1_000_000 });
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
    const { id, room, kind, rtpParameters } = Produce.parse(input);
    const producer = await transportOf(id).produce({ kind, rtpParameters });
    (await roomOf(room)).producers.push(producer);
    return { id: producer.id };
  },
  async producers(input) {
    const { producers } = await roomOf(InRoom.parse(input).room);
    return { ids: producers.map(({ id }) => id) };
  },
  async consume(input) {
    const { id, producerId, rtpCapabilities } = Consume.parse(input);
    const consumer = await transportOf(id).consume({ producerId, rtpCapabilities });
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
  for (const { worker } of workers) worker.close();
  process.exit(0);
});
