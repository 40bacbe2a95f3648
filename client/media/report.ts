// Tells the server how what was heard, seen and sent was: every ten seconds, or while all is well every thirty. Loaded when the media of a class are there; costs nothing before.
import type { QualityReport } from '../../server/contract/quality-report.ts';
import { isFine, type Looked, reportOf, type Stat } from './report-figures.ts';
import { ReportPace } from './report-pace.ts';

type Stats = Promise<{ values(): Iterable<unknown> } | null | undefined> | undefined;

/** As the receiver shows them, by participant and source. */
type Pictures = ReadonlyMap<
  string,
  { readonly flowing: boolean; readonly stream: { getVideoTracks(): readonly { readonly id: string }[] } }
>;

export interface ReportSources {
  tell(report: QualityReport): Promise<unknown>;
  readonly pictures: { readonly value: Pictures; subscribe(listener: () => void): () => void };
  receive(): Stats;
  send(): Stats;
}

const everyMs = 10_000;

export class QualityReporter {
  readonly #sources: ReportSources;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #unsubscribe: () => void;
  #before: Looked = { receive: [], send: [] };
  #lookedAt: number | null = null;
  readonly #pace = new ReportPace();
  /** Cameras that flow now, by the id of their track, and whether they did so at the look before. */
  #moving = new Map<string, boolean>();

  constructor(sources: ReportSources) {
    this.#sources = sources;
    this.#timer = setInterval(() => void this.tell(), everyMs);
    this.#unsubscribe = sources.pictures.subscribe(() => this.#follow());
    this.#follow();
    void this.tell();
  }

  /** Says nothing while nothing flows. */
  async tell(): Promise<void> {
    const { tell, receive, send } = this.#sources;
    const [received, sent] = await Promise.all([statsOf(receive()), statsOf(send())]);
    const now = { receive: received, send: sent };
    const moving = new Set([...this.#moving].flatMap(([id, wasMoving]) => (wasMoving ? [id] : [])));
    const report = reportOf(this.#before, now, { moving, hidden: document.hidden });
    this.#before = now;
    for (const id of this.#moving.keys()) this.#moving.set(id, true);
    const at = performance.now();
    const ms = this.#lookedAt === null ? everyMs : at - this.#lookedAt;
    this.#lookedAt = at;
    if (report === null) return this.#pace.rested();
    const ofMs = this.#pace.looked(isFine(report), ms);
    if (ofMs !== null) await tell({ ...report, ofMs });
  }

  /** Safe twice. */
  close(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  /** A picture that rested meanwhile stood still rightly; and a screen stands still when nothing on it changes. */
  #follow(): void {
    const now = new Map<string, boolean>();
    for (const [key, { stream, flowing }] of this.#sources.pictures.value) {
      if (!flowing || !key.endsWith(' camera')) continue;
      for (const { id } of stream.getVideoTracks()) now.set(id, this.#moving.get(id) ?? false);
    }
    this.#moving = now;
  }
}

async function statsOf(asked: Stats): Promise<readonly Stat[]> {
  try {
    const report = await asked;
    return [...(report?.values() ?? [])].flatMap((stat) => (typeof stat === 'object' && stat !== null ? [{ ...stat }] : []));
  } catch {
    // The transport was closed meanwhile.
    return [];
  }
}
