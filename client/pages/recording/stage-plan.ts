// Which pictures are large, and which stand beside them.
import type { ParticipantId } from '../../../server/contract/ids.ts';
import type { Picture } from '../../player/state.ts';

export const layouts = ['screen', 'speaker', 'side', 'sound'] as const;
export type Layout = (typeof layouts)[number];

type Seen = Pick<Picture, 'trackId' | 'participantId' | 'source'>;

export type StagePlan<P> = { readonly large: readonly P[]; readonly beside: readonly P[]; readonly hidden: number };

export type StageWish<P extends Seen> = {
  readonly layout: Layout;
  readonly speaker: ParticipantId | null;
  /** Chosen by the viewer: goes before all, as long as it is there. */
  readonly pinned: P['trackId'] | null;
  readonly mostBeside: number;
};

/** A screen is large, the latest when there are several, or the speaker, or both alike; else the first picture that there is. */
export function planStage<P extends Seen>(pictures: readonly P[], { layout, speaker, pinned, mostBeside }: StageWish<P>): StagePlan<P> {
  if (layout === 'sound') return { large: [], beside: [], hidden: pictures.length };
  const screen = pictures.findLast(({ source }) => source === 'screen');
  const camera =
    pictures.find(({ source, participantId }) => source === 'camera' && participantId === speaker) ??
    pictures.find(({ source }) => source === 'camera');
  const chosen = pictures.find(({ trackId }) => trackId === pinned);
  const large =
    layout === 'side' ? sideBySide(screen, camera, chosen) : onlyOne(layout === 'speaker' ? [camera, screen] : [screen, camera], chosen);
  const others = pictures.filter((picture) => !large.includes(picture));
  const shown = new Set(others.toSorted((a, b) => rank(b, speaker) - rank(a, speaker)).slice(0, mostBeside));
  // In the recording's order, so that nobody changes places when someone speaks.
  return { large, beside: others.filter((picture) => shown.has(picture)), hidden: others.length - shown.size };
}

function onlyOne<P>(wanted: readonly (P | undefined)[], chosen: P | undefined): P[] {
  const [first] = [chosen, ...wanted].filter((one) => one !== undefined);
  return first === undefined ? [] : [first];
}

function sideBySide<P extends Seen>(screen: P | undefined, camera: P | undefined, chosen: P | undefined): P[] {
  const left = chosen?.source === 'screen' ? chosen : screen;
  const right = chosen?.source === 'camera' ? chosen : camera;
  return [left, right].filter((one) => one !== undefined);
}

function rank({ source, participantId }: Seen, speaker: ParticipantId | null): number {
  return source === 'screen' ? 2 : participantId === speaker ? 1 : 0;
}
