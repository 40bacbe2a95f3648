// The times in which a person was away, each with what is known of why, and which of them the rule forgives. Rules A14 and A15.
import type { z } from 'zod';
import type { Gap } from '../contract/attendance.ts';
import type { LeaveReason } from '../contract/reasons.ts';
import type { Loss } from './devices.ts';
import type { Presence } from './presence.ts';
import { clip, type Stretch, without } from './stretches.ts';

export type GapView = z.input<typeof Gap>;

/** Between stays, and after the last unless it lasts; also those before the lesson and after it. In order. */
export function gapsOf(presence: Presence): GapView[] {
  const { stays, here } = presence;
  const gaps: GapView[] = [];
  for (const [index, { to: from, endedBy, lost }] of stays.entries()) {
    const to = stays[index + 1]?.from ?? null;
    if (to === null && here) break;
    const loss = lost ? (presence.losses.get(from) ?? unknown) : null;
    gaps.push({ from, to, endedBy, kind: kindOf(endedBy, loss), ...evidence(presence, loss, to), forgiven: false });
  }
  return gaps;
}

/** A2: losses of all lines at once that were over in time. They lie within the stays. */
export function lapsesOf(presence: Presence): GapView[] {
  return without(presence.stays, presence.live).map(({ from, to }) => {
    const loss = presence.losses.get(from) ?? unknown;
    return { from, to, endedBy: null, kind: kindOf(null, loss), ...evidence(presence, loss, to), forgiven: true };
  });
}

const unknown: Loss = { line: null, beside: null };

function evidence({ words }: Presence, loss: Loss | null, to: number | null) {
  return { line: loss?.line ?? null, beside: loss?.beside ?? null, word: to === null ? null : (words.get(to) ?? null) };
}

/** What was there first decides: whom a class ended for, or a server stopped for, while their line was lost, was lost to the line. */
function kindOf(endedBy: LeaveReason | null, loss: Loss | null): Gap['kind'] {
  switch (endedBy) {
    case 'removed':
    case 'turned-away':
    case 'account-disabled':
    case 'right-lost':
      return 'shown-out';
    case 'left':
    case 'closed-page':
    case 'signed-out':
      return 'own';
    case 'too-much':
      return 'server';
    case 'class-ended':
    case 'ended-from-outside':
    case 'door-closed':
      return loss === null ? 'shown-out' : lostBy(loss);
    case 'server-stopped':
      return loss === null ? 'server' : lostBy(loss);
    case 'connection-lost':
      return lostBy(loss ?? unknown);
    case 'replaced':
    case null:
      return loss === null ? 'own' : lostBy(loss);
    default:
      return endedBy satisfies never;
  }
}

function lostBy({ line }: Loss): Gap['kind'] {
  if (line === null) return 'network';
  switch (line.cause) {
    case 'closed-page':
      return 'own';
    case 'server-stopped':
    case 'server-closed':
      return 'server';
    case 'line-broken':
    case 'line-silent':
    case 'too-slow':
    case 'client-closed':
      return 'network';
    default:
      return line.cause satisfies never;
  }
}

/** Of the line or of the server: nobody is to blame for it. */
export function isBlameless(gap: Pick<GapView, 'kind'>): boolean {
  return gap.kind === 'network' || gap.kind === 'server';
}

/**
 * A15: in their order, as long as all of them together are not longer than the limit. The first that would go beyond it ends the
 * forgiving: were a later one taken in its place, a kinder rule could forgive another time than a stricter one.
 */
export function forgive(gaps: readonly GapView[], counted: Stretch, limitMs: number): { gaps: GapView[]; forgiven: Stretch[] } {
  const forgiven: Stretch[] = [];
  let leftMs = limitMs;
  const judged = gaps.map((gap) => {
    if (!isBlameless(gap)) return gap;
    const stretch = clip({ from: gap.from, to: gap.to ?? counted.to }, counted);
    const lengthMs = Math.max(0, stretch.to - stretch.from);
    if (lengthMs === 0 || limitMs === 0) return gap;
    leftMs = lengthMs <= leftMs ? leftMs - lengthMs : -1;
    if (leftMs < 0) return gap;
    forgiven.push(stretch);
    return { ...gap, forgiven: true };
  });
  return { gaps: judged, forgiven };
}
