// What a person noticed in a step of ten seconds, and how bad it was. Rules Z5 and Z6; pure.
import { Severity, TroubleKind } from '../contract/diagnosis.ts';
import type { StepFigures } from './steps.ts';

export interface Judged {
  /** In the order of `TroubleKind`. */
  readonly kinds: readonly TroubleKind[];
  readonly severity: Severity | null;
}

/** From where on something is slight, bad, unusable. */
type Limits = readonly [slight: number, bad: number, unusable: number];

/** Z6. Losses and made-up sound as shares; the first two as the mark of a line judges it too. */
const limits = {
  loss: [0.03, 0.1, 0.3],
  delayMs: [350, 800, 2000],
  concealed: [0.02, 0.08, 0.25],
  frozenMs: [500, 2000, 6000],
} as const satisfies Record<string, Limits>;
/** Lost for longer than this of the ten seconds. */
const longLossMs = 5000;

const fine: Judged = { kinds: [], severity: null };

export function judgeStep(step: StepFigures | null): Judged {
  if (step === null) return fine;
  const found = new Map<TroubleKind, Severity>();
  const note = (kind: TroubleKind, severity: Severity | null) => {
    if (severity !== null) found.set(kind, severity);
  };
  const { server, device, lost } = step;
  if (step.isCutOff || step.mediaFailed) note('no-media', step.isCutOff ? 'unusable' : 'bad');
  if (lost !== null) note('dropped', lost.ms > longLossMs ? 'unusable' : 'bad');
  if (server !== null) {
    note('loss', grade(Math.max(server.lossDown, server.lossUp), limits.loss));
    note('delay', grade(server.roundTripMs ?? 0, limits.delayMs));
  }
  if (device?.heard) note('sound-gaps', grade(device.heard.concealed, limits.concealed));
  if (device?.seen && !step.isHidden) note('frozen', grade(device.seen.frozenMs, limits.frozenMs));
  if (step.ladder !== 'all' && step.ladderWhy === 'line') note('reduced', isOnlyStills(step) ? 'bad' : 'slight');
  if (device?.sent?.limitedBy === 'cpu') note('slow-device', 'slight');
  if (found.size === 0) return fine;
  return { kinds: TroubleKind.options.filter((kind) => found.has(kind)), severity: worstOf(found.values()) };
}

export function worstOf(severities: Iterable<Severity | null>): Severity | null {
  let worst = -1;
  for (const severity of severities) if (severity !== null) worst = Math.max(worst, Severity.options.indexOf(severity));
  return Severity.options[worst] ?? null;
}

export function isAtLeast(severity: Severity | null, least: Severity): boolean {
  return severity !== null && Severity.options.indexOf(severity) >= Severity.options.indexOf(least);
}

/** 0: none. For columns. */
export const severityNumber = (severity: Severity | null): number => (severity === null ? 0 : Severity.options.indexOf(severity) + 1);
export const severityFrom = (number: number): Severity | null => Severity.options[number - 1] ?? null;

export const kindsMask = (kinds: Iterable<TroubleKind>): number => {
  let mask = 0;
  for (const kind of kinds) mask |= 1 << TroubleKind.options.indexOf(kind);
  return mask;
};

/** What speaks of the way between server and person, and not of the person's own device or of the rules of the door. */
export const ofTheWay: readonly TroubleKind[] = ['no-media', 'dropped', 'loss', 'sound-gaps', 'frozen', 'delay', 'reduced'];

function grade(value: number, [slight, bad, unusable]: Limits): Severity | null {
  if (value >= unusable) return 'unusable';
  if (value >= bad) return 'bad';
  return value >= slight ? 'slight' : null;
}

const isOnlyStills = ({ ladder }: StepFigures): boolean => ladder === 'stills' || ladder === 'floor';
