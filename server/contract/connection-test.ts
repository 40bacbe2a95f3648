// The test of a connection: ways to the media ports, what the line carries, and the report that can be sent to support.
import { z } from 'zod';
import { ConsumerId, Instant, PersonId, TrackId, TransportId } from './ids.ts';
import { DtlsParameters, IceServer, MediaKind, RtpCapabilities, RtpParameters } from './media.ts';

/** Unguessable: whoever has it may use the test that it names. */
export const TestId = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

/** What a network must let through, for those who look after it. */
export const TestNeeds = z.object({
  /** IP addresses or host names of the media ports. */
  addresses: z.array(z.string()),
  /** First and last, each UDP and TCP; null while the system chooses them. */
  ports: z.tuple([z.number().int(), z.number().int()]).nullable(),
  /** Addresses of relays, as RFC 7065 writes them. */
  relays: z.array(z.string()),
});
export type TestNeeds = z.infer<typeof TestNeeds>;

export const TestBegun = z.object({
  id: TestId,
  endsAt: Instant,
  /** Where the server sees the browser. */
  address: z.string(),
  rtpCapabilities: RtpCapabilities,
  iceServers: z.array(IceServer),
  needs: TestNeeds,
  /** How many bytes may be asked for and sent over HTTP in all. */
  mostBytes: z.object({ down: z.number().int(), up: z.number().int() }),
  /** How many days a report is kept. */
  keptDays: z.number().int(),
});
export type TestBegun = z.infer<typeof TestBegun>;

export const TestOpen = z.object({ direction: z.enum(['send', 'receive']) });
export const TestConnect = z.object({ dtlsParameters: DtlsParameters });
export const TestPublish = z.object({ transportId: TransportId, kind: MediaKind, rtpParameters: RtpParameters });
export const TestPublished = z.object({ trackId: TrackId });
export const TestSubscribe = z.object({ transportId: TransportId, trackId: TrackId, rtpCapabilities: RtpCapabilities });
export const TestSubscribed = z.object({ consumerId: ConsumerId, kind: MediaKind, rtpParameters: RtpParameters });
export const TestTransport = z.object({ id: TestId, transportId: TransportId });

/** A way from the browser to the media ports; `relay` names the relay server that it goes over. */
export const WayKind = z.enum(['udp', 'tcp', 'udp-ipv6', 'tcp-ipv6', 'relay-udp', 'relay-tcp', 'relay-tls']);
export type WayKind = z.infer<typeof WayKind>;
/** `refused`: the relay did not believe the password. */
export const WayState = z.enum(['works', 'fails', 'refused']);
export const WayResult = z.object({
  kind: WayKind,
  relay: z.string().max(300).nullable(),
  state: WayState,
  /** Until it was open. */
  ms: z.number().int().min(0).nullable(),
});
export type WayResult = z.infer<typeof WayResult>;

const bps = z.number().min(0).max(1e11).nullable();
const share = z.number().min(0).max(1).nullable();
const ms = z.number().min(0).max(600_000).nullable();
/** Null: could not be measured. Losses are shares from 0 to 1. */
export const LineResult = z.object({
  downBps: bps,
  upBps: bps,
  lossDown: share,
  lossUp: share,
  roundTripMs: ms,
  jitterMs: ms,
});
export type LineResult = z.infer<typeof LineResult>;

/** `works` was seen to; `allowed` and the troubles were told by the browser; `unasked` needs a click. */
export const DeviceState = z.enum([
  'works',
  'allowed',
  'unasked',
  'denied',
  'blocked-by-system',
  'none',
  'in-use',
  'insecure',
  'lost',
  'failed',
]);
export type DeviceState = z.infer<typeof DeviceState>;

/** What a browser must have and may lack. */
export const BrowserLack = z.enum(['secure-page', 'calls', 'websocket', 'sound-codec', 'picture-codec', 'screen']);
export type BrowserLack = z.infer<typeof BrowserLack>;

export const TestResult = z.object({
  ways: z.array(WayResult).max(24),
  line: LineResult,
  /** The line of the classroom's messages; false: only the slower way by repeated requests, or none. */
  webSocket: z.boolean(),
  devices: z.object({ microphone: DeviceState, camera: DeviceState }),
  lacks: z.array(BrowserLack).max(6),
});
export type TestResult = z.infer<typeof TestResult>;

export const Verdict = z.enum(['video', 'sound', 'none']);
export type Verdict = z.infer<typeof Verdict>;

export const ConnectionReportSent = z.object({
  result: TestResult,
  /** Where the person sits, or what they see, in their own words. */
  note: z.string().trim().max(500),
});

export const ConnectionReport = z.object({
  id: z.string(),
  at: Instant,
  person: z.object({ id: PersonId, name: z.string() }),
  address: z.string(),
  userAgent: z.string(),
  note: z.string(),
  verdict: Verdict,
  result: TestResult,
});
export type ConnectionReport = z.infer<typeof ConnectionReport>;

export const ConnectionReportsQuery = z.object({
  /** In people's names, addresses and notes. */
  search: z.string().max(120).optional(),
  verdict: Verdict.optional(),
  from: z.coerce.number().int().min(0).optional(),
  /** Not included. */
  to: z.coerce.number().int().min(0).optional(),
  before: z.string().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const ConnectionReports = z.object({ reports: z.array(ConnectionReport), next: z.string().nullable(), total: z.number().int() });
