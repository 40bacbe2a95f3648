// Who has the floor: of all that was spoken, the longer turns, so that pictures do not change at each "yes". Pure.
import { joined, type Span } from '../../contract/watching-time.ts';
import type { Insight } from '../insight/insight.ts';

export interface Turn extends Span {
  readonly participantId: string;
}

/** Pauses for breath do not end a turn. */
const breathMs = 2000;
const leastMs = 4000;

/** In order of their beginning; they may overlap. */
export function turnsOf(speech: Insight['speech']): Turn[] {
  return speech
    .flatMap(({ participantId, spans }) =>
      joined(
        spans.map(([fromMs, toMs]) => ({ fromMs, toMs })),
        breathMs,
      )
        .filter(({ fromMs, toMs }) => toMs - fromMs >= leastMs)
        .map((span) => ({ ...span, participantId })),
    )
    .toSorted((a, b) => a.fromMs - b.fromMs);
}

/** Whoever spoke most, most first. */
export function bySpeech(speech: Insight['speech']): string[] {
  const length = ({ spans }: Insight['speech'][number]) => spans.reduce((sum, [from, to]) => sum + to - from, 0);
  return speech.toSorted((a, b) => length(b) - length(a)).map(({ participantId }) => participantId);
}
