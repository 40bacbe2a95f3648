// One person's stay in one lesson as it is told: devices, what happened, and steps of ten seconds. Pure.
import { z } from 'zod';
import type { StayConnection, StayEvent, Step } from '../contract/diagnosis.ts';
import { ConnectionId, type Instant } from '../contract/ids.ts';
import { IceState, LeaveReason, LossCause } from '../contract/reasons.ts';
import { RoomRole } from '../contract/room.ts';
import { judgeStep } from './judge.ts';
import type { LineRow, MinuteRow, RefusalRow } from './search.store.ts';
import { type StepFigures, stepAt, unpackMinute } from './steps.ts';

/** As the trace holds it; whatever is not of this person is left out. */
export interface StayEntry {
  readonly at: Instant;
  readonly kind: string;
  readonly personId: string | null;
  readonly connectionId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

const Dropped = z.object({ line: z.object({ cause: LossCause, ice: IceState, lossPercent: z.number().nullable() }) });
const Resumed = z.object({ gapMs: z.number() });
const Reasoned = z.object({ reason: LeaveReason });
const Joined = z.object({ role: RoomRole });
const WaitingEnded = z.object({ how: z.string() });

export function connectionsOf(lines: readonly LineRow[], entries: readonly StayEntry[], seesNetworks: boolean): StayConnection[] {
  return lines
    .toSorted((a, b) => a.opened_at - b.opened_at || a.id - b.id)
    .map((line) => {
      const closed = entries.find(({ kind, connectionId }) => kind === 'connection-closed' && connectionId === line.connection_id);
      return {
        connectionId: ConnectionId.parse(line.connection_id),
        device: line.device,
        network: seesNetworks && line.network !== '' ? line.network : null,
        openedAt: line.opened_at,
        closedAt: line.closed_at ?? closed?.at ?? null,
        closedBy: Reasoned.safeParse(closed?.detail).data?.reason ?? null,
      };
    });
}

export function stepsOf(minutes: readonly MinuteRow[], placeOf: ReadonlyMap<number, number>): Step[] {
  return minutes
    .flatMap((row) =>
      unpackMinute(row.figures).flatMap((figures, slot) =>
        figures === null ? [] : [stepOf(figures, stepAt(row.minute, slot), placeOf.get(row.line_id) ?? 0, row.worker)],
      ),
    )
    .sort((a, b) => a.at - b.at || a.connection - b.connection);
}

function stepOf(figures: StepFigures, at: Instant, connection: number, worker: number | null): Step {
  const { ice, server, device, ladder, ladderWhy, protocol } = figures;
  const { kinds, severity } = judgeStep(figures);
  return {
    ...{ at, connection, ice, ladder, ladderWhy, worker, kinds: [...kinds], severity },
    ...(server ?? { lossDown: null, lossUp: null, roundTripMs: null, jitterMs: null, downBps: null, upBps: null }),
    device: device && {
      ...{ concealed: device.heard?.concealed ?? null, jitterMs: device.heard?.jitterMs ?? null },
      ...{ freezes: device.seen?.freezes ?? 0, frozenMs: device.seen?.frozenMs ?? 0, pictures: device.seen?.pictures ?? 0 },
      ...{ height: device.seen?.height ?? null, fps: device.seen?.fps ?? null },
      ...{ limitedBy: device.sent?.limitedBy ?? null, sentHeight: device.sent?.height ?? null },
    },
    way: { protocol, client: device?.path ?? null },
  };
}

export function eventsOf(
  entries: readonly StayEntry[],
  refusals: readonly RefusalRow[],
  { personId, placeOf }: { readonly personId: string; readonly placeOf: ReadonlyMap<string, number> },
): StayEvent[] {
  const events: StayEvent[] = refusals.map(({ at, place, code, times, device }) => ({
    ...{ type: 'refused' as const, at, where: place === 'token' ? ('token' as const) : ('door' as const), refusal: code, times, device },
  }));
  for (const entry of entries) {
    if (entry.personId !== null && entry.personId !== personId) continue;
    const event = eventOf(entry, placeOf.get(entry.connectionId ?? ''));
    if (event !== null) events.push(event);
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Null for what says nothing of a line, and of devices that no history is kept of. */
function eventOf({ at, kind, detail }: StayEntry, connection: number | undefined): StayEvent | null {
  switch (kind) {
    case 'waiting-started':
      return { type: 'waiting-began', at };
    case 'waiting-ended':
      return { type: 'waiting-ended', at, how: WaitingEnded.safeParse(detail).data?.how ?? '' };
    case 'participant-joined':
      return { type: 'joined', at, role: Joined.safeParse(detail).data?.role ?? 'guest' };
    case 'participant-left':
      return { type: 'left', at, reason: Reasoned.safeParse(detail).data?.reason ?? 'left' };
    case 'media-failed':
    case 'media-restored':
      return { type: kind, at };
    default:
      return connection === undefined ? null : eventOfConnection({ at, kind, detail }, connection);
  }
}

function eventOfConnection({ at, kind, detail }: Pick<StayEntry, 'at' | 'kind' | 'detail'>, connection: number): StayEvent | null {
  switch (kind) {
    case 'connection-opened':
      return { type: 'opened', at, connection };
    case 'connection-dropped': {
      const line = Dropped.safeParse(detail).data?.line;
      return line === undefined
        ? null
        : { type: 'dropped', at, connection, cause: line.cause, ice: line.ice, lossPercent: line.lossPercent };
    }
    case 'connection-resumed':
      return { type: 'resumed', at, connection, gapMs: Resumed.safeParse(detail).data?.gapMs ?? 0 };
    case 'connection-closed':
      return { type: 'closed', at, connection, reason: Reasoned.safeParse(detail).data?.reason ?? 'left' };
    case 'page-hidden':
    case 'page-shown':
      return { type: kind, at, connection };
    default:
      return null;
  }
}
