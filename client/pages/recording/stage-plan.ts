// Which picture is large, and which stand beside it.
import type { ParticipantId } from '../../../server/contract/ids.ts';
import type { Picture } from '../../player/state.ts';

type Seen = Pick<Picture, 'trackId' | 'participantId' | 'source'>;

export type StagePlan<P> = { readonly large: P | null; readonly beside: readonly P[]; readonly hidden: number };

/** A screen is large, the latest when there are several; else whoever speaks; else the first. A picture chosen by the viewer goes before all. */
export function planStage<P extends Seen>(
  pictures: readonly P[],
  speaker: ParticipantId | null,
  chosen: P['trackId'] | null,
  mostBeside: number,
): StagePlan<P> {
  const large =
    pictures.find(({ trackId }) => trackId === chosen) ??
    pictures.findLast(({ source }) => source === 'screen') ??
    pictures.find(({ participantId }) => participantId === speaker) ??
    pictures[0] ??
    null;
  const others = pictures.filter((picture) => picture !== large);
  const shown = new Set(others.toSorted((a, b) => rank(b, speaker) - rank(a, speaker)).slice(0, mostBeside));
  // In the recording's order, so that nobody changes places when someone speaks.
  return { large, beside: others.filter((picture) => shown.has(picture)), hidden: others.length - shown.size };
}

function rank({ source, participantId }: Seen, speaker: ParticipantId | null): number {
  return source === 'screen' ? 2 : participantId === speaker ? 1 : 0;
}
