// From rows to what is told of a trouble, before its cause is looked up. Rules Z7 and Z8; pure.
import type { DiagnosedPerson, Severity, Trouble, TroubleKind, TroublesQuery } from '../contract/diagnosis.ts';
import { type Instant, PersonId } from '../contract/ids.ts';
import { RefusalCode } from '../contract/reply.ts';
import { RoomRole } from '../contract/room.ts';
import { hintOfRefusal, type Troubled } from './hint.ts';
import { isAtLeast } from './judge.ts';
import type { LineRow, MinuteRow, RefusalRow } from './search.store.ts';
import { unpackMinute } from './steps.ts';
import { type Stretch, stretchesOf, troubledSteps } from './stretches.ts';

/** All but the lesson, which is looked up for those that are told, and the cause. */
type Told = Omit<Trouble, 'lesson' | 'hint'> & { readonly lessonId: string };

/** A stretch whose cause is to be looked up, or a refusal, which gives its own. */
export type Found =
  | { readonly told: Told; readonly troubled: Troubled }
  | { readonly told: Told; readonly troubled: null; readonly hint: Trouble['hint'] };

type Row = MinuteRow & LineRow;

/** A stretch that ended so recently may go on. */
const nowWithinMs = 25_000;
/** Whoever comes too early or too late was told when; it troubles them little. */
const slightRefusals: readonly string[] = ['too-early', 'lesson-over', 'lesson-cancelled'];

export function foundStretches(rows: readonly Row[], span: { readonly from: Instant; readonly to: Instant }, now: Instant): Found[] {
  const ofPeople = Map.groupBy(rows, ({ person_id, lesson_id }) => `${person_id} ${lesson_id}`);
  return [...ofPeople.values()].flatMap((own) => {
    const steps = own
      .flatMap((row) => troubledSteps({ line: row.line_id, minute: row.minute, worker: row.worker, steps: unpackMinute(row.figures) }))
      .filter(({ at }) => at >= span.from && at < span.to);
    return stretchesOf(steps).flatMap((stretch) => {
      const row = own.find(({ line_id }) => line_id === stretch.worstStep.line);
      return row === undefined ? [] : [foundStretch(row, stretch, now)];
    });
  });
}

function foundStretch(row: Row, stretch: Stretch, now: Instant): Found {
  const { from, to, kinds, severity, worst, worstStep } = stretch;
  const { network, device, person_id: personId, lesson_id: lessonId } = row;
  const { worker } = worstStep;
  return {
    told: {
      ...{ id: idOf(from, personId, lessonId), lessonId, person: personOf(row, row.role), from, to, isNow: now - to < nowWithinMs },
      ...{ kinds: [...kinds], severity, worst, device, network: network === '' ? null : network, worker },
    },
    troubled: { personId, lessonId, network, worker, stretch },
  };
}

export function foundRefusal(row: RefusalRow): Found {
  const { at, code, device, network, person_id, lesson_id } = row;
  const refusal = RefusalCode.safeParse(code);
  return {
    told: {
      ...{ id: idOf(at, person_id, lesson_id), lessonId: lesson_id, person: personOf(row, null), from: at, to: at, isNow: false },
      ...{ kinds: ['not-let-in'], severity: slightRefusals.includes(code) ? 'slight' : 'bad', device, worker: null },
      network: network === '' ? null : network,
      worst: {
        ...{ lossDown: null, lossUp: null, roundTripMs: null, jitterMs: null, concealed: null, freezes: 0, frozenMs: 0, drops: 0 },
        ladder: 'all',
      },
    },
    troubled: null,
    hint: hintOfRefusal(refusal.success ? refusal.data : 'internal'),
  };
}

/** Newest first, those of the page after `before`. */
export function pageOf(
  found: readonly Found[],
  { kind, severity, before, limit }: Pick<TroublesQuery, 'kind' | 'severity' | 'before' | 'limit'>,
): { readonly page: Found[]; readonly next: string | null } {
  const wanted = found.filter(({ told }) => fits(told, kind, severity)).toSorted((a, b) => compare(b.told.id, a.told.id));
  const rest = before === undefined ? wanted : wanted.filter(({ told }) => compare(told.id, before) < 0);
  const page = rest.slice(0, limit);
  return { page, next: rest.length > limit ? (page.at(-1)?.told.id ?? null) : null };
}

function fits({ kinds, severity }: Told, kind: TroubleKind | undefined, least: Severity | undefined): boolean {
  return (kind === undefined || kinds.includes(kind)) && (least === undefined || isAtLeast(severity, least));
}

export function personOf(row: Pick<LineRow, 'person_id' | 'guest_name' | 'display_name'>, role: string | null): DiagnosedPerson {
  return {
    id: PersonId.parse(row.person_id),
    name: row.display_name ?? row.guest_name ?? '',
    role: RoomRole.safeParse(role).data ?? null,
  };
}

/** In the order of time as text: as many digits for every time. */
function idOf(at: Instant, personId: string, lessonId: string): string {
  return `${String(at).padStart(15, '0')}.${personId}.${lessonId}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
