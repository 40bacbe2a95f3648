// Steps of ten seconds of one device's line, and how a minute of them is packed into few bytes.
import { stepMs } from '../contract/diagnosis.ts';
import type { Instant } from '../contract/ids.ts';
import { LadderReason, LadderStep } from '../contract/ladder.ts';
import { LimitedBy, type QualityReport } from '../contract/quality-report.ts';
import { IceState, LossCause } from '../contract/reasons.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readPath, writePath } from './path-byte.ts';

export const minuteMs = 60_000;
export const stepsPerMinute = minuteMs / stepMs;

/** Means over the step, but the jitter: that is the worst. Shares from 0 to 1. */
export interface ServerFigures {
  readonly lossDown: number;
  readonly lossUp: number;
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  readonly downBps: number;
  readonly upBps: number;
}

export interface StepFigures {
  readonly ice: IceState;
  readonly ladder: LadderStep;
  readonly ladderWhy: LadderReason;
  readonly isHidden: boolean;
  /** Sound and picture have had no way for longer than it takes to find one. */
  readonly isCutOff: boolean;
  /** The media worker ended in this step. */
  readonly mediaFailed: boolean;
  /** How long of the step the line to the server was lost; `cause` null when that is not known. */
  readonly lost: { readonly ms: number; readonly cause: LossCause | null } | null;
  readonly protocol: 'udp' | 'tcp' | null;
  readonly server: ServerFigures | null;
  readonly device: Omit<QualityReport, 'ofMs'> | null;
}

/** Of one device; null where nothing is known of a step. As many as a minute has. */
export type MinuteOfSteps = readonly (StepFigures | null)[];

export const minuteOf = (at: Instant): number => Math.floor(at / minuteMs);
export const slotOf = (at: Instant): number => Math.floor((at % minuteMs) / stepMs);
export const stepAt = (minute: number, slot: number): Instant => minute * minuteMs + slot * stepMs;

/** Raised with every change of the layout; what an older one says is then still read. */
const version = 1;
const protocols = [null, 'udp', 'tcp'] as const;
const flag = (is: boolean, bit: number): number => (is ? 1 << bit : 0);
const place = <T>(list: readonly T[], value: T): number => Math.max(0, list.indexOf(value));
/** Steps of four hundredths of a second: a byte is enough. */
const lostUnitMs = 40;
const unknownCause = 15;

/** Base64: a column of text is the same on both databases. */
export function packMinute(steps: MinuteOfSteps): string {
  const out = new ByteWriter();
  out.byte(version);
  out.byte(steps.reduce((bits, step, slot) => bits | flag(step !== null, slot), 0));
  for (const step of steps) if (step !== null) writeStep(out, step);
  return out.base64();
}

/** What is cut off or of a later version is left out. */
export function unpackMinute(packed: string): MinuteOfSteps {
  const bytes = new ByteReader(packed);
  const steps: (StepFigures | null)[] = Array.from({ length: stepsPerMinute }, () => null);
  if (bytes.byte() !== version) return steps;
  const there = bytes.byte();
  for (let slot = 0; slot < stepsPerMinute; slot += 1) {
    if ((there & (1 << slot)) === 0) continue;
    const step = readStep(bytes);
    if (bytes.isOver) break;
    steps[slot] = step;
  }
  return steps;
}

function writeStep(out: ByteWriter, step: StepFigures): void {
  const { server, device, lost } = step;
  const { heard = null, seen = null, sent = null, path = null } = device ?? {};
  out.byte(
    place(IceState.options, step.ice) |
      (place(LadderStep.options, step.ladder) << 3) |
      (place(LadderReason.options, step.ladderWhy) << 6) |
      flag(step.mediaFailed, 7),
  );
  out.byte(
    flag(step.isHidden, 0) |
      flag(step.isCutOff, 1) |
      (place(protocols, step.protocol) << 2) |
      flag(server !== null, 4) |
      flag(heard !== null, 5) |
      flag(seen !== null, 6) |
      flag(sent !== null, 7),
  );
  out.byte(
    flag(device !== null, 0) |
      flag(path !== null, 1) |
      flag(lost !== null, 2) |
      (place(LimitedBy.options, sent?.limitedBy ?? 'none') << 3) |
      flag(server?.roundTripMs != null, 5) |
      flag(server?.jitterMs != null, 6),
  );
  if (lost !== null) {
    out.byte(Math.min(255, Math.round(lost.ms / lostUnitMs)));
    out.byte(lost.cause === null ? unknownCause : place(LossCause.options, lost.cause));
  }
  if (server !== null) {
    out.share(server.lossDown);
    out.share(server.lossUp);
    if (server.roundTripMs !== null) out.count(server.roundTripMs);
    if (server.jitterMs !== null) out.count(server.jitterMs);
    out.count(server.downBps / 1000);
    out.count(server.upBps / 1000);
  }
  if (path !== null) out.byte(writePath(path));
  if (heard !== null) {
    out.share(heard.concealed);
    out.count(heard.jitterMs);
  }
  if (seen !== null) {
    out.count(seen.freezes);
    out.count(seen.frozenMs);
    out.byte(seen.pictures);
    out.count(seen.height);
    out.byte(seen.fps);
  }
  if (sent !== null) {
    out.count(sent.height);
    out.byte(sent.fps);
  }
}

function readStep(bytes: ByteReader): StepFigures {
  const [first, second, third] = [bytes.byte(), bytes.byte(), bytes.byte()];
  const has = (byte: number, bit: number) => (byte & (1 << bit)) !== 0;
  const lost = has(third, 2) ? { ms: bytes.byte() * lostUnitMs, cause: LossCause.options[bytes.byte()] ?? null } : null;
  const server = has(second, 4)
    ? {
        lossDown: bytes.share(),
        lossUp: bytes.share(),
        roundTripMs: has(third, 5) ? bytes.count() : null,
        jitterMs: has(third, 6) ? bytes.count() : null,
        downBps: bytes.count() * 1000,
        upBps: bytes.count() * 1000,
      }
    : null;
  const path = has(third, 1) ? readPath(bytes.byte()) : null;
  const heard = has(second, 5) ? { concealed: bytes.share(), jitterMs: bytes.count() } : null;
  const seen = has(second, 6)
    ? { freezes: bytes.count(), frozenMs: bytes.count(), pictures: bytes.byte(), height: bytes.count(), fps: bytes.byte() }
    : null;
  const limitedBy = LimitedBy.options[(third >> 3) & 3] ?? 'none';
  const sent = has(second, 7) ? { limitedBy, height: bytes.count(), fps: bytes.byte() } : null;
  return {
    ice: IceState.options[first & 7] ?? 'none',
    ladder: LadderStep.options[(first >> 3) & 7] ?? 'all',
    ladderWhy: LadderReason.options[(first >> 6) & 1] ?? 'line',
    mediaFailed: has(first, 7),
    isHidden: has(second, 0),
    isCutOff: has(second, 1),
    protocol: protocols[(second >> 2) & 3] ?? null,
    ...{ lost, server },
    device: has(third, 0) ? { path, heard, seen, sent } : null,
  };
}
