// One device in a class while it is there: gathers what is measured and told of it, and closes a step every ten seconds.
import { stepMs } from '../contract/diagnosis.ts';
import type { Instant } from '../contract/ids.ts';
import type { QualityReport } from '../contract/quality-report.ts';
import type { LossCause } from '../contract/reasons.ts';
import type { RoomRole } from '../contract/room.ts';
import type { Standing } from '../media/media-reading.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { QualityLine, QualityMinute } from './history.store.ts';
import { judgeStep, kindsMask, severityNumber, worstOf } from './judge.ts';
import { minuteMs, minuteOf, packMinute, type ServerFigures, type StepFigures, slotOf, stepsPerMinute } from './steps.ts';

/** One measurement of the server's. */
export interface Sample extends ServerFigures {
  readonly protocol: StepFigures['protocol'];
  readonly worker: number | null;
}

/** So many steps in a row without a way are more than the time to find one. */
const cutOffFromSteps = 2;
/** Reports and steps are not in time with each other: one that comes early waits for the next step. */
const mostReports = 2;
const noMedia: Standing = { ice: 'none', ladder: 'all', ladderWhy: 'line', isOffered: false };

export class OpenLine {
  readonly ref: ConnectionRef;
  role: RoomRole;
  readonly #made: Omit<QualityLine, 'role' | 'closedAt'>;
  #closedAt: Instant | null = null;
  /** Up to where steps are closed. */
  #stepEnd: Instant;
  #minute: number;
  #steps: (StepFigures | null)[] = emptyMinute();
  readonly #samples: Sample[] = [];
  readonly #reports: QualityReport[] = [];
  #protocol: StepFigures['protocol'] = null;
  #worker: number | null = null;
  #lostAt: Instant | null = null;
  #lostMs = 0;
  #lostBy: LossCause | null = null;
  #isHidden = false;
  #mediaFailed = false;
  #stepsWithoutWay = 0;

  constructor(options: { readonly ref: ConnectionRef; readonly role: RoomRole; readonly made: Omit<QualityLine, 'role' | 'closedAt'> }) {
    this.ref = options.ref;
    this.role = options.role;
    this.#made = options.made;
    this.#stepEnd = options.made.openedAt;
    this.#minute = minuteOf(options.made.openedAt);
  }

  get row(): QualityLine {
    return { ...this.#made, role: this.role, closedAt: this.#closedAt };
  }

  get isClosed(): boolean {
    return this.#closedAt !== null;
  }

  measured(sample: Sample): void {
    this.#samples.push(sample);
  }

  reported(report: QualityReport): void {
    if (this.#reports.length === mostReports) this.#reports.shift();
    this.#reports.push(report);
  }

  dropped(at: Instant, cause: LossCause): void {
    this.#lostAt = at;
    this.#lostBy = cause;
  }

  resumed(at: Instant): void {
    this.#countLost(at);
    this.#lostAt = null;
  }

  hidden(is: boolean): void {
    this.#isHidden = is;
  }

  mediaFailed(): void {
    this.#mediaFailed = true;
  }

  /** @param cause null: of its own accord */
  close(at: Instant, cause: LossCause | null, standing: Standing | null): QualityMinute | null {
    if (cause !== null) this.#lostBy ??= cause;
    // What was lost at the very end is to be seen, however short.
    if (cause !== null && this.#lostAt === null) this.#lostAt = at - 1;
    this.#closeStep(at, standing);
    this.#closedAt = at;
    return this.minute();
  }

  /** At the end of a step. Answers the minute when it is over. */
  tick(at: Instant, standing: Standing | null): QualityMinute | null {
    this.#closeStep(at, standing);
    if (minuteOf(at) === this.#minute) return null;
    const done = this.minute();
    this.#minute = minuteOf(at);
    this.#steps = emptyMinute();
    return done;
  }

  /** As it stands; null while nothing of it is known. */
  minute(): QualityMinute | null {
    const judged = this.#steps.map(judgeStep);
    const steps = this.#steps.filter((step) => step !== null).length;
    if (steps === 0) return null;
    return {
      lineId: this.#made.id,
      minute: this.#minute,
      worker: this.#worker,
      severity: severityNumber(worstOf(judged.map(({ severity }) => severity))),
      kinds: kindsMask(judged.flatMap(({ kinds }) => kinds)),
      steps,
      troubled: judged.filter(({ severity }) => severity !== null).length,
      figures: packMinute(this.#steps),
    };
  }

  #closeStep(until: Instant, standing: Standing | null): void {
    // A clock that rings late begins no minute before the one before is done.
    const at = Math.min(until, (this.#minute + 1) * minuteMs);
    if (at <= this.#stepEnd) return;
    this.#countLost(at);
    const { ice, ladder, ladderWhy, isOffered } = standing ?? noMedia;
    const isWithoutWay = ice === 'failed' || ice === 'disconnected' || (ice !== 'connected' && isOffered);
    this.#stepsWithoutWay = isWithoutWay ? this.#stepsWithoutWay + 1 : 0;
    const latest = this.#samples.at(-1);
    this.#protocol = latest?.protocol ?? this.#protocol;
    this.#worker = latest?.worker ?? this.#worker;
    // The very end of a step belongs to it.
    const slot = slotOf(at - 1);
    const report = this.#reports.shift();
    this.#steps[slot] = {
      ...{ ice, ladder, ladderWhy, isHidden: this.#isHidden, mediaFailed: this.#mediaFailed },
      isCutOff: this.#stepsWithoutWay >= cutOffFromSteps,
      lost: this.#lostMs > 0 ? { ms: Math.min(this.#lostMs, stepMs), cause: this.#lostBy } : null,
      protocol: this.#protocol,
      server: meanOf(this.#samples),
      device: report ?? null,
    };
    if (report !== undefined) this.#tellBefore(slot, report);
    this.#samples.length = 0;
    this.#mediaFailed = false;
    this.#lostMs = 0;
    if (this.#lostAt === null) this.#lostBy = null;
    this.#stepEnd = at;
  }

  /** Z4: a report speaks of the steps before it as well, of which nothing was told. */
  #tellBefore(slot: number, report: QualityReport): void {
    for (let before = slot - 1; before > slot - report.ofMs / stepMs; before -= 1) {
      const step = this.#steps[before];
      if (step == null || step.device !== null) return;
      this.#steps[before] = { ...step, device: report };
    }
  }

  #countLost(until: Instant): void {
    if (this.#lostAt !== null) this.#lostMs += Math.max(0, until - Math.max(this.#lostAt, this.#stepEnd));
  }
}

function emptyMinute(): (StepFigures | null)[] {
  return Array.from({ length: stepsPerMinute }, () => null);
}

function meanOf(samples: readonly Sample[]): ServerFigures | null {
  if (samples.length === 0) return null;
  const mean = (of: (sample: Sample) => number | null): number | null => {
    const known = samples.flatMap((sample) => of(sample) ?? []);
    return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
  };
  const jitters = samples.flatMap(({ jitterMs }) => jitterMs ?? []);
  return {
    lossDown: mean(({ lossDown }) => lossDown) ?? 0,
    lossUp: mean(({ lossUp }) => lossUp) ?? 0,
    roundTripMs: mean(({ roundTripMs }) => roundTripMs),
    jitterMs: jitters.length === 0 ? null : Math.max(...jitters),
    downBps: mean(({ downBps }) => downBps) ?? 0,
    upBps: mean(({ upBps }) => upBps) ?? 0,
  };
}
