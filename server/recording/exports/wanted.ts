// Which files of a recording are to be made, made anew or thrown away, and when. Pure.
import type { RecordingConfig } from '../../../config/recordings.ts';
import type { DerivedFile } from '../../contract/recording.ts';
import type { ExportKind, RecordingExport } from '../../contract/recording-page.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { Job, JobKind } from './jobs.store.ts';

export type Mp4Rule = RecordingConfig['mp4'];

/** Nothing is made of what runs, lies in the trash, or is gone. */
export const isMakeable = ({ state, trashedAt, purgedAt }: StoredRecording): boolean =>
  state === 'ended' && trashedAt === null && purgedAt === null;

/** Those of the archive only when somebody asks. */
const isMadeByItself = (recording: StoredRecording): boolean => isMakeable(recording) && recording.archivedAt === null;

/** Made before the latest edit. */
export const isOutdated = (job: Job, recording: StoredRecording): boolean => job.edition !== recording.edition;

export interface Wanted {
  /** Made by themselves. */
  readonly make: readonly JobKind[];
  /** Shows what was left out since. */
  readonly discard: readonly ExportKind[];
}

export function wantedOf(recording: StoredRecording, jobs: readonly Job[], rule: Mp4Rule): Wanted {
  const settled = (job: Job) => job.state === 'ready' || job.state === 'failed';
  const old = jobs.filter((job) => settled(job) && isOutdated(job, recording));
  const discard = (['mp4', 'm4a'] as const).filter((kind) => old.some((job) => job.kind === kind && job.bytes !== null));
  if (!isMadeByItself(recording)) return { make: [], discard };
  const byItself: readonly JobKind[] = rule === 'always' ? ['insight', 'm4a', 'mp4'] : ['insight'];
  const make = byItself.filter((kind) => old.some((job) => job.kind === kind) || !jobs.some((job) => job.kind === kind));
  return { make, discard };
}

/** When an attempt that was the n-th, from 1, failed: after how long the next; null: that was the last. */
export const againAfterMs = (attempts: number): number | null => ([60_000, 15 * 60_000] as const)[attempts - 1] ?? null;

/** Cuts come in rows: what shows them is made when there was none for so long. */
export const settlesMs = 2 * 60_000;

/** `20-07`: from that hour on, up to that hour, by the university's clock. */
export function isWithinHours(hours: string | null, now: number, timeZone: string): boolean {
  if (hours === null) return true;
  const [from = 0, to = 24] = hours.split('-').map(Number);
  const hour = Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
  return from < to ? from <= hour && hour < to : hour >= from || hour < to;
}

export const fileOf = { m4a: 'sound.m4a', mp4: 'class.mp4' } as const satisfies Record<ExportKind, string>;

export const kindOfFile = (file: DerivedFile): JobKind => (file === fileOf.m4a ? 'm4a' : file === fileOf.mp4 ? 'mp4' : 'insight');

export function exportOf(kind: ExportKind, recording: StoredRecording, jobs: readonly Job[]): RecordingExport {
  const job = jobs.find((one) => one.kind === kind);
  if (job === undefined) return { kind, state: 'none', progress: 0, bytes: null, madeAt: null, fault: null };
  const outdated = job.state === 'ready' && isOutdated(job, recording);
  const ready = job.state === 'ready' && !outdated;
  return {
    kind,
    state: outdated ? 'outdated' : job.state,
    progress: ready ? 1 : job.state === 'running' ? Math.max(0, Math.min(1, job.progress)) : 0,
    bytes: ready ? job.bytes : null,
    madeAt: ready ? job.endedAt : null,
    fault: job.state === 'failed' ? job.fault : null,
  };
}
