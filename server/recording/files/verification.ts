// Reads recordings whole and says what of them is broken.
import { createHash } from 'node:crypto';
import { Refused } from '../../contract/reply.ts';
import type { RecordingFolder, RecordingPlace } from '../../ports/recording-files.ts';
import { eventsFile, readEvents, readIndex, Session, sessionFile } from '../format/format.ts';
import type { FilesStore, StoredFile } from './files.store.ts';
import { FrameBroken } from './frame.ts';
import { KeyMissing } from './keys.ts';
import type { FileFault, FileFaultKind } from './opened-files.ts';
import type { Pace } from './pace.ts';
import type { Reading, Readings } from './readings.ts';
import type { RemoteStore } from './remote.ts';

export interface VerificationParts {
  readonly readings: Readings;
  readonly store: FilesStore;
  readonly remote: RemoteStore | null;
  readonly folder: (place: RecordingPlace) => Pick<RecordingFolder, 'names' | 'size' | 'text'>;
  /** `near`: of what lies in the remote store only the length is asked for. */
  readonly depth: 'near' | 'all';
  readonly pace: Pace;
  readonly onFile: (bytes: number) => void;
}

type Faults = Map<string, FileFaultKind>;

/** All faults of one recording that is over. Rejects when the remote store does not answer. */
export const faultsOf = async (parts: VerificationParts, place: RecordingPlace): Promise<FileFault[]> => {
  const faults: Faults = new Map();
  const rows = await parts.store.of(place.id);
  const folder = parts.folder(place);
  const names = await folder.names().catch(refusedAsNone);
  // Where nothing was summed yet nothing is unknown either.
  const isSummed = rows.some(({ name }) => name === sessionFile);
  for (const name of new Set([...rows.map((row) => row.name), ...names])) {
    const row = rows.find((one) => one.name === name);
    const fault = !row && isSummed ? 'unknown' : await faultOfFile(parts, place, name, row);
    if (fault) faults.set(name, fault);
  }
  await addFaultsOfIndex(folder, faults);
  return [...faults].map(([file, what]) => ({ recordingId: place.id, file, what }));
};

const faultOfFile = async (
  parts: VerificationParts,
  place: RecordingPlace,
  name: string,
  row: StoredFile | undefined,
): Promise<FileFaultKind | undefined> => {
  const { depth, readings } = parts;
  if (row && row.place !== 'local') {
    const fault = await faultOfLength(parts, place, row);
    if (fault || (row.place === 'remote' && depth === 'near')) return fault;
  }
  const near = await opened(() => readings.open(place, name));
  if (near === 'sealed') return 'sealed';
  const fault = near ? await faultOfReading(parts, near, row) : 'missing';
  if (fault || row?.place !== 'both' || depth === 'near') return fault;
  const away = await opened(() => readings.there(place, name));
  if (!away || away === 'sealed') return 'remote-missing';
  return (await faultOfReading(parts, away, row)) === undefined ? undefined : 'remote-changed';
};

const faultOfLength = async ({ remote, readings }: VerificationParts, place: RecordingPlace, row: StoredFile) => {
  const bytes = await remote?.size(readings.key(place, row.name));
  if (bytes === undefined) return 'remote-missing';
  return bytes === row.storedBytes ? undefined : 'remote-changed';
};

const opened = async (open: () => Promise<Reading | undefined>): Promise<Reading | 'sealed' | undefined> => {
  try {
    return await open();
  } catch (error) {
    if (error instanceof KeyMissing || error instanceof FrameBroken) return 'sealed';
    throw error;
  }
};

/** Every stored byte is read once: summed, and on the way opened. */
const faultOfReading = async (
  { pace, onFile }: VerificationParts,
  reading: Reading,
  row: StoredFile | undefined,
): Promise<FileFaultKind | undefined> => {
  const { stored, storedBytes, map, tornBytes } = reading;
  const hash = createHash('sha256');
  const summed = {
    read: stored.read,
    async *stream(start: number, end: number) {
      for await (const chunk of stored.stream(start, end)) {
        hash.update(chunk);
        await pace(chunk.length);
        yield chunk;
      }
    },
  };
  try {
    if (row && storedBytes < row.storedBytes) return 'truncated';
    if (row && storedBytes > row.storedBytes) return 'changed';
    const isOpen = tornBytes === 0 && (await opens(map.read(summed, 0, map.end.plainBytes)));
    if (isOpen) return row && hash.digest('hex') !== row.sha256 ? 'changed' : undefined;
    // Whether its bytes are others, or the key is.
    const again = createHash('sha256');
    for await (const chunk of stored.stream(0, storedBytes)) again.update(chunk);
    return row && again.digest('hex') === row.sha256 ? 'sealed' : 'changed';
  } finally {
    onFile(storedBytes);
    await reading.close();
  }
};

const opens = async (pieces: AsyncIterable<Buffer>): Promise<boolean> => {
  try {
    for await (const _ of pieces);
    return true;
  } catch (error) {
    if (error instanceof FrameBroken) return false;
    throw error;
  }
};

/** What the recording says of itself must be there: its parts, and of each the bytes that its index names. */
const addFaultsOfIndex = async (folder: Pick<RecordingFolder, 'size' | 'text'>, faults: Faults): Promise<void> => {
  const text = async (name: string) => (faults.has(name) ? undefined : await folder.text(name).catch(refusedAsNothing));
  const session = await text(sessionFile);
  if (session === undefined) note(faults, sessionFile, 'missing');
  else if (!reads(() => Session.parse(JSON.parse(session)))) note(faults, sessionFile, 'index');
  const events = await text(eventsFile);
  if (events === undefined) return note(faults, eventsFile, 'missing');
  for (const event of readEvents(events)) {
    if (event.type === 'part') {
      const bytes = faults.has(event.file) ? undefined : await folder.size(event.file);
      const index = await text(event.index);
      if (bytes === undefined) note(faults, event.file, 'missing');
      if (index === undefined) note(faults, event.index, 'missing');
      if (bytes !== undefined && index !== undefined && !reaches(index, bytes)) note(faults, event.index, 'index');
    } else if (event.type === 'part-end' && !faults.has(event.file) && ((await folder.size(event.file)) ?? 0) < event.bytes)
      note(faults, event.file, 'truncated');
  }
};

/** The first thing that is wrong with a file says most. */
const note = (faults: Faults, name: string, what: FileFaultKind): void => {
  if (!faults.has(name)) faults.set(name, what);
};

/** Every line of the index can be read, and names bytes that are there. */
const reaches = (index: string, bytes: number): boolean => {
  const lines = readIndex(index);
  return lines.length === index.split('\n').length - 1 && lines.every(([, , offset, length]) => offset + length <= bytes);
};

const reads = (read: () => void): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

const refusedAsNone = (error: unknown): string[] => {
  refusedAsNothing(error);
  return [];
};

const refusedAsNothing = (error: unknown): undefined => {
  if (error instanceof Refused) return undefined;
  throw error;
};
