// One person's row of the register: what they did, what was watched, the verdict and the correction that may stand over it.
import type { z } from 'zod';
import type { AttendanceRule, RegisterRow } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import type { CorrectionView } from './acts.ts';
import { type Check, outcomesOf } from './checks.ts';
import { forgive, gapsOf, lapsesOf } from './gaps.ts';
import { type Excused, judge, presentOf, rounded, shareOf } from './judge.ts';
import { type Held, isFinal, minuteMs } from './lesson.ts';
import type { Presence } from './presence.ts';
import { lengthWithin, type Stretch, touches } from './stretches.ts';
import { inMinutes } from './teaching.ts';
import { onceOf, type WatchedPart } from './watched.ts';

export type RowView = z.input<typeof RegisterRow>;
type Person = Pick<RowView, 'personId' | 'name' | 'role'> & { readonly groups: readonly string[] };

/** What all rows of a register are judged with. */
export interface Judging {
  readonly lesson: Held;
  readonly rule: AttendanceRule;
  readonly now: Instant;
  readonly counted: Stretch;
  readonly held: boolean;
  readonly teaching: readonly Stretch[];
  readonly checks: readonly Check[];
  readonly watched: ReadonlyMap<string, readonly WatchedPart[]>;
  readonly excusals: ReadonlyMap<string, Excused>;
  readonly corrections: ReadonlyMap<string, CorrectionView>;
}

export function rowOf(person: Person, onRoster: boolean, presence: Presence | null, judging: Judging): RowView {
  const { lesson, rule, now, counted, held, teaching } = judging;
  const { personId, name, groups, role } = person;
  const stays = presence?.stays ?? [];
  const here = presence?.here === true && !isFinal(lesson, now);
  const away =
    presence === null ? [] : gapsOf({ ...presence, here }).filter(({ from, to }) => touches({ from, to: to ?? counted.to }, counted));
  const { gaps, forgiven } = forgive(away, counted, rule.forgiveGapMinutes * minuteMs);
  const checks = outcomesOf(personId, role === 'student' || role === 'guest', presence, judging.checks);
  const checksMissed = checks.filter(({ outcome }) => outcome === 'missed').length;
  const watched = judging.watched.get(personId) ?? [];
  const excused = judging.excusals.get(personId) ?? null;
  const { verdict, why } = judge({ stays, forgiven, here, teaching, held, checksMissed, watched, excused }, lesson, rule, now);
  const correction = judging.corrections.get(personId) ?? null;
  const present = presentOf({ stays, forgiven });
  const share = shareOf(present, lesson, counted, rule.shareOf === 'teacher' ? teaching : null);
  const minutesOf = (stretches: readonly Stretch[] | undefined) => inMinutes(lengthWithin(stretches ?? [], counted));
  return {
    ...{ personId, name, groups: [...groups], role, onRoster },
    verdict: correction?.verdict ?? verdict,
    computed: verdict,
    why: correction === null ? why : [...why, { code: 'corrected' }],
    correction,
    here,
    minutes: minutesOf(present),
    share: rounded(share),
    firstJoinAt: stays[0]?.from ?? null,
    lastLeaveAt: here ? null : (stays.at(-1)?.to ?? null),
    intervals: stays.map(({ from, to, endedBy }) => ({ from, to, endedBy })),
    gaps,
    lapses: presence === null ? [] : lapsesOf(presence),
    lobby: [...(presence?.lobby ?? [])],
    hidden: [...(presence?.hidden ?? [])],
    hands: [...(presence?.hands ?? [])],
    microphone: [...(presence?.microphone ?? [])],
    camera: [...(presence?.camera ?? [])],
    handsRaised: presence?.handsRaised ?? 0,
    messages: presence?.messages ?? 0,
    microphoneMinutes: minutesOf(presence?.microphone),
    cameraMinutes: minutesOf(presence?.camera),
    lobbyMinutes: minutesOf(presence?.lobby),
    hiddenMinutes: minutesOf(presence?.hidden),
    drops: presence?.drops ?? 0,
    devices: presence?.devices ?? 0,
    devicesAtOnce: presence?.devicesAtOnce ?? 0,
    catchUpMinutes: minutesOf(onceOf(watched, ({ live }) => live)),
    viewingMinutes: minutesOf(onceOf(watched, ({ live }) => !live)),
    checks,
  };
}
