// Who is shown as speaking: audible now, or a moment ago.
import type { Instant, ParticipantId, PersonId } from '../contract/ids.ts';

/** Quieter is breath and keyboard. */
export const speakingFromDecibels = -50;
export const speakingHoldMs = 2000;

/** When each speaker was last audible, in the order in which they began. */
export type Speaking = ReadonlyMap<ParticipantId, Instant>;

export function speakingNow(before: Speaking, audible: readonly ParticipantId[], now: Instant): Speaking {
  const speakers = new Map<ParticipantId, Instant>();
  for (const [id, at] of before) if (now - at < speakingHoldMs) speakers.set(id, at);
  for (const id of audible) speakers.set(id, now);
  return speakers;
}

export function sameSpeakers(a: Speaking, b: Speaking): boolean {
  return a.size === b.size && [...a.keys()].every((id) => b.has(id));
}

/** The two whose voices matter most: who speaks keeps their place until they stop, then who begins, then who spoke before. */
export function voicesNow(before: readonly PersonId[], speaking: readonly PersonId[]): readonly PersonId[] {
  const still = before.filter((voice) => speaking.includes(voice));
  const fresh = speaking.filter((voice) => !before.includes(voice));
  return [...still, ...fresh, ...before.filter((voice) => !speaking.includes(voice))].slice(0, 2);
}
