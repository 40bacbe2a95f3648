// What a bad line is still sent, and what may still be sent over it, as it crosses the wire.
import { z } from 'zod';

/**
 * From everything down to what every line must carry. Each step leaves out more than the one before; sound is on all of them.
 * `fewer-cameras`: some cameras, small · `speaker`: one camera, small, and the screen · `screen-low`: no camera, the screen with
 * fewer pictures a second · `stills`: the screen as still pictures · `floor`: the teacher's voice and one more, and stills; under 64 kbit/s.
 */
export const LadderStep = z.enum(['all', 'fewer-cameras', 'speaker', 'screen-low', 'stills', 'floor']);
export type LadderStep = z.infer<typeof LadderStep>;

/** Why no more is sent: the line, or the person’s choice. */
export const LadderReason = z.enum(['line', 'chosen']);
export type LadderReason = z.infer<typeof LadderReason>;

/** What a device is to send at most; null where it may as it likes. Bits and pictures a second. */
export const SendLimits = z.object({
  soundBps: z.number().int().positive().nullable(),
  /** `layers`: how many sizes, from the smallest. `unseen`: nobody is shown it for now, so it is not sent; its track stays as it is. */
  camera: z
    .union([z.enum(['off', 'unseen']), z.object({ layers: z.number().int().min(1).max(3), fps: z.number().int().positive() })])
    .nullable(),
  screen: z.object({ maxBps: z.number().int().positive(), fps: z.number().int().positive() }).nullable(),
});
export type SendLimits = z.infer<typeof SendLimits>;

/** A still picture of a screen: at most so many bytes and pixels wide. */
export const stillLimits = { bytes: 60 * 1024, width: 1280, height: 1280 } as const;

export const StillType = z.enum(['image/webp', 'image/jpeg']);
export type StillType = z.infer<typeof StillType>;

const pixels = (most: number) => z.number().int().min(1).max(most);

/** What surrounds the bytes of a still picture. */
export const stillShape = {
  mime: StillType,
  width: pixels(stillLimits.width),
  height: pixels(stillLimits.height),
} as const;

/** Sent as binary; what comes as anything else is refused. */
export const StillBytes = z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength > 0 && byteLength <= stillLimits.bytes);

/** As it arrives: socket.io hands an `ArrayBuffer` to browsers and a `Buffer` to Node. */
export const ReceivedBytes = z.union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer)]);
