// How hard the server is pressed, as rooms and their people are told of it; and what is expected of the next hours, as administrators see it.
import { z } from 'zod';

/**
 * What a room does without, worst last; each contains those before it. Sound, and what teachers and assistants send, are never touched.
 * `no-new-cameras`: students and guests turn no further camera on. `low-layers`: pictures flow in their small layers.
 * `no-student-cameras`: cameras of students and guests do not flow.
 */
export const Pressure = z.enum(['none', 'no-new-cameras', 'low-layers', 'no-student-cameras']);
export type Pressure = z.infer<typeof Pressure>;

export function isAtLeast(pressure: Pressure, level: Pressure): boolean {
  return Pressure.options.indexOf(pressure) >= Pressure.options.indexOf(level);
}

export function worstOf(pressures: Iterable<Pressure>): Pressure {
  let worst: Pressure = 'none';
  for (const each of pressures) if (!isAtLeast(worst, each)) worst = each;
  return worst;
}
