// What is known of a lost line: what the server measured, who else was lost, and what the device says, as they cross the wire.
import { z } from 'zod';
import { IceState, LossCause } from './reasons.ts';

/** What the server measured of a device's line before it was lost. */
export const LineEvidence = z.object({
  cause: LossCause,
  /** Of the worst of the device's media transports; `none` when it had none. */
  ice: IceState,
  /** Over the last measurements before; null when nothing was measured. */
  lossPercent: z.number().min(0).max(100).nullable(),
  roundTripMs: z.number().min(0).nullable(),
  /** The page was not to be seen at that moment. */
  hidden: z.boolean(),
});
export type LineEvidence = z.infer<typeof LineEvidence>;

/** How many other devices were lost within ten seconds of the same moment, counted when the gap ends. */
export const LostBeside = z.object({
  /** Of those on the same network (IPv4 /24, IPv6 /48), and how many there were on it. */
  sameNetwork: z.number().int(),
  onNetwork: z.number().int(),
  room: z.number().int(),
  /** In all rooms of the server. */
  everywhere: z.number().int(),
});
export type LostBeside = z.infer<typeof LostBeside>;

/** What a device that is back says of its gap; it is its own word, and told as such. */
export const DeviceWord = z.object({
  /** The browser said that there was no network. */
  offline: z.boolean(),
  /** How long the page was not to be seen meanwhile. */
  hiddenMs: z.number().int().min(0).max(86_400_000),
  /** The computer slept: no timer ran. */
  slept: z.boolean(),
});
export type DeviceWord = z.infer<typeof DeviceWord>;
