// When somebody was in class, waited, was out of sight, lost the line or was refused, along the time of a stay. Pure.
import type { Stay, StayEvent } from '../../../server/contract/diagnosis.ts';
import type { Frame } from './lanes.ts';

export type Mark =
  | (Frame & { readonly kind: 'there' | 'waiting' | 'hidden' | 'lost' })
  | { readonly kind: 'refused' | 'media-failed'; readonly at: number };

type Known = Pick<Stay, 'connections' | 'events'>;

/** In the order in which they are drawn: what broke presence lies over it. */
export function marksOf({ connections, events }: Known, frame: Frame): readonly Mark[] {
  const there = connections.map(({ openedAt, closedAt }): Mark => ({ kind: 'there', from: openedAt, to: closedAt ?? frame.to }));
  const points = events.flatMap((event): Mark[] =>
    event.type === 'refused' || event.type === 'media-failed' ? [{ kind: event.type, at: event.at }] : [],
  );
  return [
    ...there,
    ...stretches(events, 'waiting', ['waiting-began'], ['waiting-ended', 'joined', 'left'], frame),
    ...stretches(events, 'hidden', ['page-hidden'], ['page-shown', 'closed', 'dropped'], frame),
    ...stretches(events, 'lost', ['dropped'], ['resumed', 'closed'], frame),
    ...points,
  ];
}

type EventType = StayEvent['type'];

/** From each beginning to the first end of the same device after it, or to the end of what is known. */
function stretches(
  events: readonly StayEvent[],
  kind: 'waiting' | 'hidden' | 'lost',
  begins: readonly EventType[],
  ends: readonly EventType[],
  frame: Frame,
): readonly Mark[] {
  return events.flatMap((event, index): Mark[] => {
    if (!begins.includes(event.type)) return [];
    const end = events.slice(index + 1).find((later) => ends.includes(later.type) && isOfSame(event, later));
    return [{ kind, from: event.at, to: end?.at ?? frame.to }];
  });
}

function isOfSame(a: StayEvent, b: StayEvent): boolean {
  return !('connection' in a) || !('connection' in b) || a.connection === b.connection;
}
