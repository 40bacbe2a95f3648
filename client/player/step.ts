// How a track that is ahead or behind gets back into step: a little faster or slower, or by a jump when it is far off.

export type Kind = 'picture' | 'sound';

export type Step = { readonly jump: true } | { readonly jump: false; readonly rate: number };

/** Sound is touched later, since a change of speed can be heard; pictures can be hurried without anyone seeing it. */
const habits = {
  picture: { calmMs: 8, jumpMs: 400, catchUpMs: 150, most: 0.5 },
  sound: { calmMs: 12, jumpMs: 200, catchUpMs: 500, most: 0.1 },
} as const;

/** `aheadMs` is by how much the track is ahead of the clock, negative when it is behind. */
export function stepFor(kind: Kind, aheadMs: number, speed: number): Step {
  const { calmMs, jumpMs, catchUpMs, most } = habits[kind];
  const off = Math.abs(aheadMs) / Math.max(1, speed);
  if (off > jumpMs) return { jump: true };
  if (off <= calmMs) return { jump: false, rate: speed };
  const share = Math.min(most, off / catchUpMs);
  return { jump: false, rate: speed * (1 - Math.sign(aheadMs) * share) };
}
