// The recorder: what runs, what it writes and how long that waits for the disk, how often it died, and the space that is left.
import { SpaceLevel } from '../../contract/recording-keeping.ts';
import { type Instruments, setState } from './instruments.ts';

export interface RecorderReading {
  readonly recording: number;
  readonly paused: number;
  readonly space: { readonly level: SpaceLevel; readonly freeBytes: number; readonly totalBytes: number };
}

export interface RecorderMetrics {
  /** Media that was written to a recording, and how long it waited for the disk. */
  written(bytes: number, delayMs: number): void;
  died(): void;
  set(reading: RecorderReading): void;
}

const waitSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15];

export function recorderMetrics(instruments: Instruments): RecorderMetrics {
  const bytes = instruments.counter('recorded_bytes_total', 'Bytes of media written to recordings');
  const waits = instruments.histogram('record_write_seconds', 'How long recorded media waited for the disk', waitSeconds);
  const deaths = instruments.counter('recorder_deaths_total', 'How often the process of the recorder died and another went on');
  const recordings = instruments.gauge('recordings', 'Recordings that run', ['state']);
  const level = instruments.gauge('recording_space_level', '1 for the level of the space for recordings that holds', ['level']);
  const free = instruments.gauge('recording_space_free_bytes', 'Bytes that are left where recordings are written');
  const total = instruments.gauge('recording_space_bytes', 'Bytes of the file system that recordings are written to');
  return {
    written(count, delayMs) {
      bytes.inc(count);
      waits.observe(delayMs / 1000);
    },
    died: () => deaths.inc(),
    set({ recording, paused, space }) {
      recordings.set({ state: 'recording' }, recording);
      recordings.set({ state: 'paused' }, paused);
      setState(level, 'level', SpaceLevel.options, space.level);
      free.set(space.freeBytes);
      total.set(space.totalBytes);
    },
  };
}
