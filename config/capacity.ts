// The settings of what this machine can carry, and what happens when it is near that.
import { z } from 'zod';

export const capacity = z.strictObject({
  viewersPerCore: z
    .number()
    .int()
    .min(10)
    .max(2000)
    .default(150)
    .describe(
      'How many viewers, each with the sound and one picture of a lecture, are planned for each media worker; the forecast and the placing of rooms go by it.',
    ),
  relief: z
    .boolean()
    .default(true)
    .describe(
      'Whether rooms do without cameras of students while a media worker or the machine is near its limit; sound and teachers never suffer.',
    ),
  reliefFromShare: z
    .number()
    .min(0.3)
    .max(0.95)
    .default(0.8)
    .describe('From which share of a core that a media worker uses students turn no further cameras on; the next steps come nearer to 1.'),
});
