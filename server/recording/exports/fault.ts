// Why a file could not be made of a recording.
import type { RecordingExport } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';

export type FaultKind = NonNullable<RecordingExport['fault']>;

export class ExportFault extends Error {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** There is nothing to make a file of. */
export class FilesGone extends ExportFault {}

/** Not a fault: the work was called off, because the recording changed, went into the trash, or the server stops. */
export class CalledOff extends Error {}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** A full disk is one whatever was being done when it was found. */
export function faultOf(error: unknown, otherwise: FaultKind = 'encoder'): FaultKind {
  if (isFull(error) || (error instanceof Error && isFull(error.cause))) return 'no-space';
  return error instanceof ExportFault ? error.kind : otherwise;
}

/** What goes wrong while a recording's files are read. */
export async function reading<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CalledOff || error instanceof ExportFault) throw error;
    throw new ExportFault(faultOf(error, 'not-readable'), 'the recording could not be read', error);
  }
}

/** What begins to read a recording. */
export async function finding<T>(work: Promise<T>): Promise<T> {
  try {
    return await reading(work);
  } catch (error) {
    const isGone = error instanceof Error && error.cause instanceof Refused && error.cause.code === 'not-found';
    throw isGone ? new FilesGone('not-readable', 'the files of the recording are gone', error) : error;
  }
}
