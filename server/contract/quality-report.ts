// What a browser tells every ten seconds of the sound and picture that it got and sent, as it crosses the wire.
import { z } from 'zod';

/** As WebRTC's statistics name them: https://www.w3.org/TR/webrtc-stats/ */
export const ClientPath = z.object({
  candidate: z.enum(['host', 'srflx', 'prflx', 'relay']),
  /** Towards the relay where there is one, else towards the server. */
  protocol: z.enum(['udp', 'tcp', 'tls']),
  /** Of the device itself; most browsers do not say. */
  network: z.enum(['wifi', 'ethernet', 'cellular', 'vpn', 'other', 'unknown']),
});
export type ClientPath = z.infer<typeof ClientPath>;

/** What held back the own picture. */
export const LimitedBy = z.enum(['none', 'cpu', 'bandwidth', 'other']);
export type LimitedBy = z.infer<typeof LimitedBy>;

const share = z.number().min(0).max(1);
const count = z.number().int().min(0).max(65_535);
const ms = z.number().min(0).max(65_535);
const lines = z.number().int().min(0).max(16_384);
const fps = z.number().min(0).max(255);

/** Of the last ten seconds. Null: nothing of that kind flows. */
export const QualityReport = z.object({
  /** For how long it has been as well as this; while all is well not every ten seconds are told. */
  ofMs: z.number().int().min(0).max(120_000),
  path: ClientPath.nullable(),
  heard: z.object({ concealed: share, jitterMs: ms }).nullable(),
  seen: z.object({ freezes: count, frozenMs: ms, pictures: z.number().int().min(0).max(255), height: lines, fps }).nullable(),
  sent: z.object({ limitedBy: LimitedBy, height: lines, fps }).nullable(),
});
export type QualityReport = z.infer<typeof QualityReport>;

/** Reports that come sooner one after the other than this are refused (Z4). */
export const soonestReportMs = 5_000;

export const qualityReportRequests = {
  'media:report': { input: QualityReport, output: z.object({}) },
} as const;
